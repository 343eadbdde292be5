// The yardstick: the same bare job in plain C, on the same tables of a real ledger, with the same settings of SQLite,
// measured in the same run, so that a ratio means something on any machine. It cuts lines, stores each reading as one
// fact with its projection in one transaction, and says so on the watch socket. It knows no visits, no flags, no
// screens, no pairs of cuffs, and leaves out the chain of hashes: 32 zero bytes stand in each fact's link. Its ledgers
// are thrown away.
//
//   yardstick serve LEDGER FOLDER LINES          lines FOLDER/line-1 …, watch socket FOLDER/watch
//   yardstick append LEDGER RESIDENTS COUNT TOGETHER
//   yardstick read LEDGER RESIDENTS SAMPLES
//   yardstick claim LEDGER COUNT
//   yardstick rebuild LEDGER
//   yardstick integrity LEDGER
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

// As in Sources/Ledger/Codes.swift and FactKind.swift.
enum { kindReading = 24, kindClaimed = 27, vitalBloodPressure = 1, sourceCuffStation = 2, armLeft = 1, reasonNoVisit = 1 };

// 2026-11-21T00:00:00Z, where the seeded readings end.
static const int64_t lastReading = 1795219200000, day = 86400000;

static sqlite3 *db;

static void stop(const char *what) {
    fprintf(stderr, "yardstick: %s: %s\n", what, db ? sqlite3_errmsg(db) : strerror(errno));
    exit(1);
}

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static void say(const char *key, double value) { printf("%s %.6g\n", key, value); }

static void run(const char *sql) {
    if (sqlite3_exec(db, sql, NULL, NULL, NULL)) stop(sql);
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *made;
    if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &made, NULL)) stop(sql);
    return made;
}

static void step(sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) stop("a statement");
    sqlite3_reset(statement);
}

static int64_t integer(const char *sql) {
    sqlite3_stmt *statement = prepare(sql);
    int64_t value = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return value;
}

// Lets the system forget what it has of a file in memory: what is kept in large pieces is counted as written in them.
static void dropFromMemory(const char *path) {
    int file = open(path, O_RDONLY);
    if (file < 0) stop(path);
    fdatasync(file);
    posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
    close(file);
}

static sqlite3_stmt *insertFact, *insertReading, *countDay, *insertUnclaimed, *markUnclaimed, *touch, *begin, *commit;
static int64_t sequence;

static void openLedger(const char *path) {
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL)) stop(path);
    // As in Sources/Ledger/Schema.swift.
    run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON;"
        "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA wal_autocheckpoint = 4000;"
        "PRAGMA journal_size_limit = 16777216; PRAGMA cache_size = -1000; PRAGMA cache_spill = OFF;"
        "PRAGMA temp_store = MEMORY;");
    sqlite3_busy_timeout(db, 2000);
    // The last column of either is the user's place on a home monitor.
    insertFact = prepare("INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL)");
    insertReading = prepare("INSERT INTO reading VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,NULL)");
    countDay = prepare("INSERT INTO instrument_day (instrument, day, readings, errors, faults, no_values, last_at) "
                       "VALUES (?1, ?2, 1, 0, 0, 0, ?3) ON CONFLICT DO UPDATE "
                       "SET readings = readings + 1, last_at = max(last_at, excluded.last_at)");
    insertUnclaimed = prepare("INSERT INTO unclaimed VALUES (?, ?, NULL, NULL)");
    markUnclaimed = prepare("INSERT INTO mark VALUES ('unclaimed', ?1) ON CONFLICT DO UPDATE SET value = value + ?1");
    touch = prepare("INSERT INTO lagging VALUES (?, ?) ON CONFLICT DO UPDATE SET touched = excluded.touched");
    begin = prepare("BEGIN IMMEDIATE");
    commit = prepare("COMMIT");
    sequence = integer("SELECT max(sequence) FROM fact");
}

static int64_t nameKey(const char *text) {
    sqlite3_stmt *insert = prepare("INSERT OR IGNORE INTO name (text) VALUES (?)");
    sqlite3_bind_text(insert, 1, text, -1, SQLITE_STATIC);
    step(insert);
    sqlite3_finalize(insert);
    sqlite3_stmt *select = prepare("SELECT key FROM name WHERE text = ?");
    sqlite3_bind_text(select, 1, text, -1, SQLITE_STATIC);
    if (sqlite3_step(select) != SQLITE_ROW) stop("a name");
    int64_t key = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    return key;
}

struct Reading {
    int64_t at, resident, instrument, station, deviceTime;
    int systolic, diastolic, pulse;
    char raw[96];
    int rawLength;
};

// Binds the columns that a fact and a reading share, from `delay` on.
static void bindColumns(sqlite3_stmt *to, int first, const struct Reading *r) {
    int64_t values[] = {0, vitalBloodPressure, r->systolic, r->diastolic, -1, r->pulse, -1, 0,
                        sourceCuffStation, armLeft, 300, -1, 0, r->deviceTime, -1};
    for (int i = 0; i < 15; i++)
        values[i] == -1 ? sqlite3_bind_null(to, first + i) : sqlite3_bind_int64(to, first + i, values[i]);
}

// Stores a reading with an owner (resident > 0) or without; inside a transaction.
static void store(const struct Reading *r) {
    static const char link[32];
    sequence++;
    sqlite3_clear_bindings(insertFact);
    sqlite3_bind_int64(insertFact, 1, sequence);
    sqlite3_bind_int64(insertFact, 2, kindReading);
    sqlite3_bind_int64(insertFact, 3, r->at);
    if (r->resident) sqlite3_bind_int64(insertFact, 4, r->resident); else sqlite3_bind_int64(insertFact, 7, reasonNoVisit);
    sqlite3_bind_int64(insertFact, 10, r->instrument);
    sqlite3_bind_int64(insertFact, 11, r->station);
    sqlite3_bind_int64(insertFact, 13, r->at);
    bindColumns(insertFact, 14, r);
    sqlite3_bind_blob(insertFact, 30, r->raw, r->rawLength, SQLITE_STATIC);
    sqlite3_bind_blob(insertFact, 31, link, 32, SQLITE_STATIC);
    step(insertFact);
    sqlite3_bind_int64(countDay, 1, r->instrument);
    sqlite3_bind_int64(countDay, 2, r->at / day);
    sqlite3_bind_int64(countDay, 3, r->at);
    step(countDay);
    if (!r->resident) {
        sqlite3_bind_int64(insertUnclaimed, 1, sequence);
        sqlite3_bind_int64(insertUnclaimed, 2, reasonNoVisit);
        step(insertUnclaimed);
        sqlite3_bind_int64(markUnclaimed, 1, 1);
        step(markUnclaimed);
        return;
    }
    sqlite3_bind_int64(touch, 1, r->resident);
    sqlite3_bind_int64(touch, 2, sequence);
    step(touch);
    sqlite3_bind_int64(insertReading, 1, r->resident);
    sqlite3_bind_int64(insertReading, 2, 0);
    sqlite3_bind_int64(insertReading, 3, r->at);
    sqlite3_bind_int64(insertReading, 4, sequence);
    sqlite3_bind_int64(insertReading, 6, r->instrument);
    sqlite3_bind_int64(insertReading, 7, r->station);
    bindColumns(insertReading, 9, r);
    step(insertReading);
}

static int64_t civil(int year, int month, int date, int hour, int minute) {
    return ((((((int64_t)year << 8 | month) << 8 | date) << 8 | hour) << 8) | minute) << 8;
}

static int digits(const char *text, int count) {
    int value = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + text[i] - '0';
    }
    return value;
}

// MARK: serve

static volatile sig_atomic_t ends;
static void endSoon(int signal) { (void)signal, ends = 1; }

static int unixSocket(const char *folder, const char *name, struct sockaddr_un *at) {
    at->sun_family = AF_UNIX;
    snprintf(at->sun_path, sizeof at->sun_path, "%s/%s", folder, name);
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0) stop("socket");
    return made;
}

static int tell(int watcher, int64_t number, const struct Reading *r, int index) {
    char text[400];
    int64_t t = r->deviceTime >> 8;
    int length = snprintf(text, sizeof text,
        "{\"sequence\":%lld,\"receivedAt\":%lld,\"vital\":\"bloodPressure\",\"systolic\":%d,\"diastolic\":%d,\"pulse\":%d,"
        "\"deviceTime\":\"%04d-%02d-%02dT%02d:%02d:00\",\"moved\":false,\"instrument\":\"cuff-%d\","
        "\"station\":\"booth-%d\",\"source\":\"cuffStation\",\"unclaimed\":\"noVisit\"}\n",
        (long long)number, (long long)r->at, r->systolic, r->diastolic, r->pulse, (int)(t >> 32), (int)(t >> 24 & 255),
        (int)(t >> 16 & 255), (int)(t >> 8 & 255), (int)(t & 255), index + 1, index + 1);
    return send(watcher, text, length, MSG_NOSIGNAL) == length;
}

static void serve(const char *folder, int lines) {
    struct sigaction action = {.sa_handler = endSoon};
    sigaction(SIGTERM, &action, NULL);
    struct { int64_t instrument, station; char text[256]; int length; } line[64];
    struct pollfd all[66];
    struct sockaddr_un at = {0};
    for (int i = 0; i < lines; i++) {
        char name[32];
        snprintf(name, sizeof name, "line-%d", i + 1);
        all[i] = (struct pollfd){unixSocket(folder, name, &at), POLLIN, 0};
        if (connect(all[i].fd, (void *)&at, sizeof at)) stop(name);
        snprintf(name, sizeof name, "cuff-%d", i + 1);
        line[i].instrument = nameKey(name);
        snprintf(name, sizeof name, "booth-%d", i + 1);
        line[i].station = nameKey(name);
        line[i].length = 0;
    }
    all[lines] = (struct pollfd){unixSocket(folder, "watch", &at), POLLIN, 0};
    unlink(at.sun_path);
    if (bind(all[lines].fd, (void *)&at, sizeof at) || listen(all[lines].fd, 1)) stop("watch");
    // The readings since a watcher's sequence are few here: those that came before it connected.
    struct { struct Reading reading; int64_t sequence; int index; } early[64];
    int earlyCount = 0, watcher = -1;
    while (!ends) {
        if (poll(all, lines + 1, -1) < 0) continue;
        for (int i = 0; i < lines; i++) {
            if (!all[i].revents) continue;
            ssize_t count = recv(all[i].fd, line[i].text + line[i].length, sizeof line[i].text - line[i].length, 0);
            if (count <= 0) { all[i].fd = -1; continue; }
            line[i].length += count;
            char *from = line[i].text, *end;
            for (; (end = memchr(from, '\n', line[i].text + line[i].length - from)); from = end + 1) {
                if (end - from != 54) continue;
                struct timespec t;
                clock_gettime(CLOCK_REALTIME, &t);
                struct Reading r = {
                    .at = (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000, .instrument = line[i].instrument,
                    .station = line[i].station, .systolic = digits(from + 40, 3), .diastolic = digits(from + 44, 3),
                    .pulse = digits(from + 48, 3), .rawLength = 55,
                    .deviceTime = civil(digits(from, 4), digits(from + 5, 2), digits(from + 8, 2),
                                        digits(from + 11, 2), digits(from + 14, 2))};
                if (r.systolic < 0 || r.diastolic < 0 || r.pulse < 0) continue;
                memcpy(r.raw, from, 55);
                step(begin);
                store(&r);
                step(commit);
                if (watcher >= 0) tell(watcher, sequence, &r, i);
                else if (earlyCount < 64) early[earlyCount].reading = r, early[earlyCount].sequence = sequence,
                                          early[earlyCount++].index = i;
            }
            line[i].length -= from - line[i].text;
            memmove(line[i].text, from, line[i].length);
        }
        if (all[lines].revents) {
            watcher = accept4(all[lines].fd, NULL, NULL, SOCK_CLOEXEC);
            for (int i = 0; i < earlyCount; i++) tell(watcher, early[i].sequence, &early[i].reading, early[i].index);
            earlyCount = 0;
        }
    }
    sqlite3_close_v2(db);
}

// MARK: append

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double percentile(double *samples, int count, double part) {
    qsort(samples, count, sizeof *samples, compare);
    int index = (int)(part * count);
    return samples[index < count ? index : count - 1];
}

static int64_t bytesWritten(void) {
    FILE *file = fopen("/proc/self/io", "r");
    char text[100];
    long long bytes = 0;
    while (file && fgets(text, sizeof text, file)) sscanf(text, "write_bytes: %lld", &bytes);
    if (file) fclose(file);
    return bytes;
}

// The same reading as hut-bench's Neighbourhood gives for this number.
static struct Reading invented(int64_t index, int64_t count, int64_t residents) {
    static const char frame[] = "2026,07,11,09,05,                    ,0,138,086,072,0\r\n";
    struct Reading r = {
        .at = lastReading - (count - 1 - index) * (day * 2 / (residents * 5)),
        .resident = (index % residents * 7919 + index / residents * 104729) % residents + 1,
        .instrument = 1 + index % 8 * 2, .station = 2 + index % 8 * 2, .systolic = 110 + index % 40,
        .diastolic = 70 + index % 20, .pulse = 60 + index % 30, .rawLength = 55,
        .deviceTime = civil(2026, 1 + index % 12, 1 + index % 28, index % 24, 30)};
    memcpy(r.raw, frame, 55);
    return r;
}

static void append(int residents, int count, int together) {
    double *samples = malloc(sizeof(double) * (count / together + 1));
    int calls = 0;
    int64_t before = bytesWritten();
    double began = now(CLOCK_MONOTONIC);
    for (int i = 0; i < count;) {
        double start = now(CLOCK_MONOTONIC);
        step(begin);
        for (int k = 0; k < together && i < count; k++, i++) {
            struct Reading r = invented(count + i, count, residents);
            store(&r);
        }
        step(commit);
        samples[calls++] = now(CLOCK_MONOTONIC) - start;
    }
    double took = now(CLOCK_MONOTONIC) - began;
    sqlite3_finalize(insertFact), sqlite3_finalize(insertReading), sqlite3_finalize(countDay);
    sqlite3_finalize(insertUnclaimed);
    sqlite3_finalize(markUnclaimed), sqlite3_finalize(touch), sqlite3_finalize(begin), sqlite3_finalize(commit);
    sqlite3_close(db);
    db = NULL;
    say("rate", count / took * 1000);
    say("p50", percentile(samples, calls, 0.5));
    say("p99", percentile(samples, calls, 0.99));
    say("bytes", (double)(bytesWritten() - before) / count);
}

// MARK: read

// Milliseconds for all rows of a statement with every column read.
static double walk(sqlite3_stmt *statement, int *rows) {
    static volatile int64_t sum;
    double start = now(CLOCK_MONOTONIC);
    for (*rows = 0; sqlite3_step(statement) == SQLITE_ROW; ++*rows)
        for (int i = 0; i < sqlite3_column_count(statement); i++) sum += sqlite3_column_int64(statement, i);
    sqlite3_reset(statement);
    return now(CLOCK_MONOTONIC) - start;
}

#define readingColumns                                                                                          \
    "sequence, visit, instrument, station, band, measured_at, delay, vital, value1, value2, value3, value4, irregular," \
    "moved, source, arm, rested, helper, time_confidence, device_time, memory_slot"

static void readBack(const char *path, int residents, int samples) {
    const char *texts[] = {
        "SELECT " readingColumns " FROM reading WHERE resident = ?1 AND worn = 0 "
        "ORDER BY measured_at DESC, sequence DESC LIMIT 200",
        "SELECT " readingColumns " FROM reading WHERE resident = ?1 AND worn = 0 AND measured_at >= ?2 "
        "AND measured_at < ?3 ORDER BY measured_at, sequence"};
    const char *names[] = {"history", "chart"};
    double cold[1000], warm[1000];
    if (samples > 1000) samples = 1000;
    for (int kind = 0; kind < 2; kind++) {
        int rows = 0;
        char key[40];
        for (int i = 0; i < samples; i++) {
            dropFromMemory(path);
            db = NULL;
            openLedger(path);
            double start = now(CLOCK_MONOTONIC);
            sqlite3_stmt *select = prepare(texts[kind]);
            sqlite3_bind_int64(select, 1, 1 + (int64_t)i * 7919 % residents);
            if (kind) sqlite3_bind_int64(select, 2, lastReading - 90 * day), sqlite3_bind_int64(select, 3, lastReading);
            cold[i] = now(CLOCK_MONOTONIC) - start;
            cold[i] += walk(select, &rows);
            warm[i] = walk(select, &rows);
            sqlite3_finalize(select);
            sqlite3_close_v2(db);
        }
        snprintf(key, sizeof key, "%s_rows", names[kind]), say(key, rows);
        snprintf(key, sizeof key, "cold_%s", names[kind]), say(key, percentile(cold, samples, 0.5));
        snprintf(key, sizeof key, "warm_%s", names[kind]), say(key, percentile(warm, samples, 0.5));
    }
}

// MARK: claim, rebuild, integrity

static void claim(int count) {
    sqlite3_stmt *leave = prepare("DELETE FROM unclaimed WHERE sequence = ?");
    sqlite3_stmt *stand = prepare("INSERT INTO standing VALUES (?, ?, 1, NULL)");
    double *samples = malloc(sizeof(double) * count);
    int64_t first = sequence;
    step(begin);
    for (int i = 0; i < count; i++) {
        struct Reading r = invented(i, count, 1);
        r.resident = 0;
        store(&r);
    }
    step(commit);
    for (int i = 0; i < count; i++) {
        static const char link[32];
        char detail[128];
        int64_t about = first + 1 + i;
        double start = now(CLOCK_MONOTONIC);
        struct Reading r = invented(i, count, 1);
        int length = snprintf(detail, sizeof detail,
            "{\"readingClaimed\":{\"_0\":%lld,\"_1\":1,\"by\":1,\"reason\":\"was there\"}}", (long long)about);
        step(begin);
        sequence++;
        sqlite3_clear_bindings(insertFact);
        sqlite3_bind_int64(insertFact, 1, sequence);
        sqlite3_bind_int64(insertFact, 2, kindClaimed);
        sqlite3_bind_int64(insertFact, 3, lastReading);
        sqlite3_bind_int64(insertFact, 4, 1);
        sqlite3_bind_int64(insertFact, 6, about);
        sqlite3_bind_text(insertFact, 29, detail, length, SQLITE_STATIC);
        sqlite3_bind_blob(insertFact, 31, link, 32, SQLITE_STATIC);
        step(insertFact);
        sqlite3_bind_int64(touch, 1, 1);
        sqlite3_bind_int64(touch, 2, sequence);
        step(touch);
        sqlite3_bind_int64(leave, 1, about);
        step(leave);
        sqlite3_bind_int64(markUnclaimed, 1, -1);
        step(markUnclaimed);
        sqlite3_bind_int64(insertReading, 1, 1);
        sqlite3_bind_int64(insertReading, 2, 0);
        sqlite3_bind_int64(insertReading, 3, r.at);
        sqlite3_bind_int64(insertReading, 4, about);
        sqlite3_bind_int64(insertReading, 6, r.instrument);
        sqlite3_bind_int64(insertReading, 7, r.station);
        bindColumns(insertReading, 9, &r);
        step(insertReading);
        sqlite3_bind_int64(stand, 1, about);
        sqlite3_bind_int64(stand, 2, sequence);
        step(stand);
        step(commit);
        samples[i] = now(CLOCK_MONOTONIC) - start;
    }
    say("claim", percentile(samples, count, 0.5));
}

// The largest projection alone, row by row as a program must that looks at each fact.
static void rebuild(void) {
    double start = now(CLOCK_MONOTONIC);
    run("PRAGMA cache_spill = ON");
    step(begin);
    run("DELETE FROM reading");
    sqlite3_stmt *select = prepare(
        "SELECT resident, (source = 8), measured_at, sequence, visit, instrument, station, band, delay, vital, value1,"
        "value2, value3, value4, irregular, moved, source, arm, rested, helper, time_confidence, device_time, memory_slot,"
        "kind, raw, link FROM fact ORDER BY sequence");
    while (sqlite3_step(select) == SQLITE_ROW) {
        if (sqlite3_column_int64(select, 23) != kindReading || sqlite3_column_type(select, 0) == SQLITE_NULL) continue;
        for (int i = 0; i < 23; i++) sqlite3_bind_value(insertReading, i + 1, sqlite3_column_value(select, i));
        step(insertReading);
    }
    sqlite3_reset(select);
    step(commit);
    say("rebuild", (now(CLOCK_MONOTONIC) - start) / 1000);
}

static void integrity(void) {
    double start = now(CLOCK_MONOTONIC);
    sqlite3_stmt *check = prepare("PRAGMA integrity_check(10)");
    if (sqlite3_step(check) != SQLITE_ROW || strcmp((const char *)sqlite3_column_text(check, 0), "ok"))
        stop("the ledger is damaged");
    say("integrity", (now(CLOCK_MONOTONIC) - start) / 1000);
}

int main(int count, char **words) {
    const char *job = count > 2 ? words[1] : "";
    int a = count > 3 ? atoi(words[3]) : 0, b = count > 4 ? atoi(words[4]) : 0, c = count > 5 ? atoi(words[5]) : 0;
    if (!strcmp(job, "read") && a && b) return readBack(words[2], a, b), 0;
    if (!strcmp(job, "append")) dropFromMemory(words[2]);
    if (count > 2) openLedger(words[2]);
    if (!strcmp(job, "serve") && b) return serve(words[3], b), 0;
    if (!strcmp(job, "append") && a && b && c) return append(a, b, c), 0;
    if (!strcmp(job, "claim") && a) return claim(a), 0;
    if (!strcmp(job, "rebuild")) return rebuild(), 0;
    if (!strcmp(job, "integrity")) return integrity(), 0;
    fputs("yardstick: serve, append, read, claim, rebuild or integrity; Provisioning/bench shows how\n", stderr);
    return 64;
}
