// What stands around a hut while it is measured: instruments that send lines, a program that watches, terminals in
// front of kiosks. It starts the program under test itself and sees nothing of it but its sockets and /proc, so the hut
// and the C yardstick are observed in exactly the same way: a reading counts as committed when the line about it,
// which both send after their commit, has arrived on the watch socket.
//
//   around MEASURE --folder DIR [--lines N] [--seconds S] [--rate HZ] [--times N] [--kiosks N] [--key WORD] -- PROGRAM…
//
// MEASURE: idle, start, latency, kill, kiosk, tick. In DIR are the sockets: line-1 …, watch, kiosk-1 …
// Prints `key value` a line; ends with a status other than 0 when something could not be measured.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { mostLines = 64, mostKiosks = 64, mostReadings = 1 << 20 };

static const char *folder = "", *word = "";
static int lines = 1, seconds = 5, rate = 40, times = 10, kiosks = 1;
static char **program;

static void stop(const char *format, ...) {
    va_list list;
    va_start(list, format);
    fputs("around: ", stderr);
    vfprintf(stderr, format, list);
    fputc('\n', stderr);
    va_end(list);
    exit(1);
}

static int64_t now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void rest(int64_t nanoseconds) {
    struct timespec t = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    nanosleep(&t, NULL);
}

static void say(const char *key, double value) { printf("%s%s %.6g\n", word, key, value); fflush(stdout); }

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

// Prints a percentile of samples, which are sorted in place.
static void sayPercentile(const char *key, double *samples, int count, double part) {
    if (count == 0) stop("nothing was measured for %s", key);
    qsort(samples, count, sizeof *samples, ascending);
    int index = (int)(part * count);
    say(key, samples[index < count ? index : count - 1]);
}

// MARK: sockets

static struct sockaddr_un address(const char *name, int number) {
    struct sockaddr_un made = {.sun_family = AF_UNIX};
    int length = number ? snprintf(made.sun_path, sizeof made.sun_path, "%s/%s-%d", folder, name, number)
                        : snprintf(made.sun_path, sizeof made.sun_path, "%s/%s", folder, name);
    if (length >= (int)sizeof made.sun_path) stop("the folder's path is too long for a socket: %s", folder);
    return made;
}

static int listener(int number) {
    struct sockaddr_un at = address("line", number);
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    unlink(at.sun_path);
    if (bind(made, (void *)&at, sizeof at) || listen(made, 4)) stop("cannot listen at %s: %s", at.sun_path, strerror(errno));
    return made;
}

// Connects as soon as somebody listens there; gives up after 20 s.
static int connectTo(const char *name, int number) {
    struct sockaddr_un at = address(name, number);
    for (int64_t until = now() + 20000000000; now() < until; rest(50000)) {
        int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connect(made, (void *)&at, sizeof at) == 0) return made;
        close(made);
    }
    stop("nobody listens at %s", at.sun_path);
    return -1;
}

static void put(int socket, const char *bytes, size_t length) {
    if (send(socket, bytes, length, MSG_NOSIGNAL) != (ssize_t)length) stop("cannot send: %s", strerror(errno));
}

// MARK: the program under test

static pid_t child;

static void start(void) {
    for (int i = 1; i <= kiosks; i++) unlink(address("kiosk", i).sun_path);
    unlink(address("watch", 0).sun_path);
    child = fork();
    if (child < 0) stop("cannot start a process: %s", strerror(errno));
    if (child == 0) {
        char log[200];
        snprintf(log, sizeof log, "%s/log", folder);
        int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600), in = open("/dev/null", O_RDONLY);
        dup2(in, 0), dup2(out, 1), dup2(out, 2);
        execv(program[0], program);
        _exit(127);
    }
}

static void end(int signal) {
    kill(child, signal);
    for (int64_t until = now() + 10000000000; waitpid(child, NULL, WNOHANG) == 0; rest(200000))
        if (now() > until) stop("the program does not end");
    child = 0;
}

static void leave(void) {
    if (child > 0) kill(child, SIGKILL);
}

// One number of /proc/CHILD/status, in its own unit.
static long status(const char *path, const char *key) {
    FILE *file = fopen(path, "r");
    if (!file) return 0;
    char text[200];
    long value = 0;
    while (fgets(text, sizeof text, file))
        if (strncmp(text, key, strlen(key)) == 0) value = atol(text + strlen(key) + 1);
    fclose(file);
    return value;
}

static void sayMemory(void) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/status", child);
    say("rss", status(path, "VmRSS:") / 1024.0);
    say("anonymous", status(path, "RssAnon:") / 1024.0);
    say("peak", status(path, "VmHWM:") / 1024.0);
}

enum { mostThreads = 256 };
struct Thread {
    int id;
    long switches;
};

// How often each thread of the program has been taken off a processor since it began.
static int threads(struct Thread *into) {
    char path[300];
    snprintf(path, sizeof path, "/proc/%d/task", child);
    DIR *tasks = opendir(path);
    if (!tasks) stop("the program has ended; its log is %s/log", folder);
    int count = 0;
    for (struct dirent *entry; (entry = readdir(tasks)) && count < mostThreads;) {
        if (entry->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "/proc/%d/task/%.20s/status", child, entry->d_name);
        into[count].id = atoi(entry->d_name);
        into[count++].switches = status(path, "voluntary_ctxt_switches:") + status(path, "nonvoluntary_ctxt_switches:");
    }
    closedir(tasks);
    return count;
}

// MARK: instruments

static int listening[mostLines], line[mostLines];

// Waits for the program to connect to every line, 20 s at most.
static void meetLines(void) {
    int64_t until = now() + 20000000000;
    for (int i = 0; i < lines; i++) {
        while ((line[i] = accept4(listening[i], NULL, NULL, SOCK_CLOEXEC)) < 0) {
            if (now() > until) stop("line %d is not opened; the program's log is %s/log", i + 1, folder);
            struct pollfd one = {listening[i], POLLIN, 0};
            poll(&one, 1, 100);
        }
    }
}

static void partLines(void) {
    for (int i = 0; i < lines; i++) close(line[i]);
}

// Sends reading `number` of a monitor: 55 bytes, its own device time, so that no two are the same.
static void sendReading(int index, int number) {
    time_t minute = 946684800 + (time_t)number * 60;
    struct tm t;
    gmtime_r(&minute, &t);
    char text[80];
    int length = snprintf(text, sizeof text, "%04d,%02d,%02d,%02d,%02d,%20s,0,%03d,%03d,%03d,0\r\n", t.tm_year + 1900,
                          t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min, "", 110 + number % 20, 70 + number % 10,
                          60 + number % 30);
    put(line[index], text, length);
}

// MARK: watching

static int watcher = -1;
static char unread[1 << 16];
static size_t unreadLength;

static void watch(const char *request) {
    watcher = connectTo("watch", 0);
    unreadLength = 0;
    put(watcher, request, strlen(request));
}

static void watchSince(int64_t sequence) {
    char text[40];
    snprintf(text, sizeof text, "since %lld\n", (long long)sequence);
    watch(text);
}

// What one line of `watch` says of a reading; `index` is -1 for lines about anything else.
struct Seen {
    int index, number;
    int64_t sequence;
};

static struct Seen parse(const char *text) {
    struct Seen seen = {-1, 0, 0};
    const char *sequence = strstr(text, "\"sequence\":"), *device = strstr(text, "\"deviceTime\":\"");
    const char *instrument = strstr(text, "\"instrument\":\"cuff-");
    if (sequence) seen.sequence = atoll(sequence + 11);
    struct tm t = {0};
    if (!device || !instrument ||
        sscanf(device + 14, "%d-%d-%dT%d:%d", &t.tm_year, &t.tm_mon, &t.tm_mday, &t.tm_hour, &t.tm_min) != 5)
        return seen;
    t.tm_year -= 1900, t.tm_mon -= 1;
    seen.number = (int)((timegm(&t) - 946684800) / 60);
    seen.index = atoi(instrument + 19) - 1;
    return seen;
}

// Reads what has come, waiting until `until`, and calls `body` for each line. False when the other side is gone.
static int readWatch(int64_t until, void (*body)(struct Seen)) {
    int64_t left = until - now();
    struct timespec wait = {left > 0 ? left / 1000000000 : 0, left > 0 ? left % 1000000000 : 0};
    struct pollfd one = {watcher, POLLIN, 0};
    if (ppoll(&one, 1, &wait, NULL) <= 0) return 1;
    ssize_t count = recv(watcher, unread + unreadLength, sizeof unread - 1 - unreadLength, 0);
    if (count <= 0) return 0;
    unreadLength += count;
    unread[unreadLength] = 0;
    char *from = unread;
    for (char *end; (end = memchr(from, '\n', unread + unreadLength - from)); from = end + 1) {
        *end = 0;
        body(parse(from));
    }
    unreadLength -= from - unread;
    memmove(unread, from, unreadLength);
    return 1;
}

// MARK: idle

static void measureIdle(void) {
    struct Thread before[mostThreads], after[mostThreads];
    start();
    meetLines();
    // Workers that have nothing to do leave after a few seconds.
    rest(8000000000);
    int beforeCount = threads(before);
    int64_t began = now();
    rest((int64_t)seconds * 1000000000);
    int afterCount = threads(after);
    long sum = 0;
    for (int i = 0; i < afterCount; i++) {
        sum += after[i].switches;
        for (int k = 0; k < beforeCount; k++) if (before[k].id == after[i].id) sum -= before[k].switches;
    }
    say("wakeups", sum * 60.0 * 1e9 / (now() - began));
    say("threads", afterCount);
    sayMemory();
    end(SIGTERM);
}

// MARK: start

static int64_t newest, accepted;
static int wanted;

static void noteFirst(struct Seen seen) {
    if (seen.sequence > newest) newest = seen.sequence;
    if (seen.index == 0 && seen.number == wanted && !accepted) accepted = now();
}

// Starts the program and gives the seconds until the reading that the first line sends at once was accepted.
static double startOnce(int64_t since, int number) {
    wanted = number;
    accepted = 0;
    int64_t began = now();
    start();
    line[0] = -1;
    while ((line[0] = accept4(listening[0], NULL, NULL, SOCK_CLOEXEC)) < 0) {
        if (now() - began > 60000000000) stop("the first line is not opened; the program's log is %s/log", folder);
        struct pollfd one = {listening[0], POLLIN, 0};
        poll(&one, 1, 100);
    }
    if (since >= 0) sendReading(0, number);
    if (since >= 0) watchSince(since); else watch("now\n"), rest(300000000), sendReading(0, number);
    while (!accepted)
        if (!readWatch(began + 60000000000, noteFirst) || now() > began + 60000000000) stop("no reading was accepted");
    for (int i = 1; i < lines; i++) line[i] = accept4(listening[i], NULL, NULL, SOCK_CLOEXEC);
    return (accepted - began) / 1e6;
}

static void measureStart(void) {
    double samples[1000];
    if (times > 1000) times = 1000;
    startOnce(-1, 1);
    for (int i = 0; i < times; i++) {
        close(watcher), partLines(), end(SIGTERM);
        samples[i] = startOnce(newest, 2 + i);
    }
    close(watcher), partLines(), end(SIGTERM);
    sayPercentile("start", samples, times, 0.5);
    sayPercentile("start_worst", samples, times, 1);
}

// MARK: last byte to committed

static int64_t *sentAt[mostLines];
static int sentCount[mostLines];
static double *latencies;
static int latencyCount, awaited;

static void noteLatency(struct Seen seen) {
    if (seen.index < 0 || seen.index >= lines || seen.number >= sentCount[seen.index]) return;
    int64_t *sent = &sentAt[seen.index][seen.number];
    if (!*sent) return;
    latencies[latencyCount++] = (now() - *sent) / 1e6;
    *sent = 0;
    awaited--;
}

static void measureLatency(void) {
    int each = rate * seconds, sendings = each * lines;
    latencies = malloc(sizeof(double) * sendings);
    for (int i = 0; i < lines; i++) sentAt[i] = calloc(each, sizeof(int64_t));
    start();
    meetLines();
    watch("now\n");
    rest(1000000000);
    // Each line keeps its rate and wanders inside its own beat, so that lines meet and part; the same for each program.
    srandom(7);
    int64_t period = 1000000000 / rate, began = now(), due[mostLines];
    for (int i = 0; i < lines; i++) due[i] = began + random() % period;
    for (int sent = 0; sent < sendings;) {
        int next = 0;
        for (int i = 1; i < lines; i++) if (due[i] < due[next]) next = i;
        if (now() < due[next]) {
            if (!readWatch(due[next], noteLatency)) stop("the program ended; its log is %s/log", folder);
            continue;
        }
        int number = sentCount[next]++;
        sentAt[next][number] = now();
        sendReading(next, number);
        awaited++, sent++;
        due[next] = number + 1 == each ? INT64_MAX : began + (number + 1) * period + random() % period;
    }
    for (int64_t until = now() + 10000000000; awaited && now() < until;) readWatch(now() + 100000000, noteLatency);
    say("missing", awaited);
    sayPercentile("p50", latencies, latencyCount, 0.50);
    sayPercentile("p99", latencies, latencyCount, 0.99);
    rest(1000000000);
    sayMemory();
    end(SIGTERM);
}

// MARK: kill -9

static char *acknowledged[mostLines], *found[mostLines];
static int next[mostLines], firstOfRound[mostLines];

static int isKnown(struct Seen seen) {
    if (seen.sequence > newest) newest = seen.sequence;
    return seen.index >= 0 && seen.index < lines && seen.number < next[seen.index];
}

// A reading of this round is safe: the next one goes out.
static void noteAcknowledged(struct Seen seen) {
    if (!isKnown(seen) || seen.number < firstOfRound[seen.index]) return;
    acknowledged[seen.index][seen.number] = 1;
    if (!accepted) accepted = now();
    if (seen.number == next[seen.index] - 1 && child && next[seen.index] < mostReadings - 1)
        sendReading(seen.index, next[seen.index]++);
}

static void noteFound(struct Seen seen) {
    if (isKnown(seen)) found[seen.index][seen.number] = 1;
}

// Starts the program, and gives the milliseconds until it has accepted a reading.
static double beginRound(void) {
    int64_t began = now(), since = newest;
    accepted = 0;
    start();
    meetLines();
    for (int i = 0; i < lines; i++) sendReading(i, firstOfRound[i] = next[i]), next[i]++;
    watchSince(since);
    while (!accepted)
        if (!readWatch(began + 20000000000, noteAcknowledged) || now() > began + 20000000000)
            stop("no reading after a start; the program's log is %s/log", folder);
    return (accepted - began) / 1e6;
}

static void measureKill(void) {
    double *ready = malloc(sizeof(double) * times);
    for (int i = 0; i < lines; i++) acknowledged[i] = calloc(1, mostReadings), found[i] = calloc(1, mostReadings);
    srandom(11);
    for (int round = 0; round <= times; round++) {
        double took = beginRound();
        if (round > 0) ready[round - 1] = took;
        int64_t until = now() + 5000000 + random() % 60000000;
        while (now() < until && readWatch(until, noteAcknowledged)) {}
        end(SIGKILL);
        // What the program sent before it died was acknowledged, whether or not it had been read by then.
        while (readWatch(now() + 1000000, noteAcknowledged) && now() < until + 1000000000) {
            struct pollfd one = {watcher, POLLIN, 0};
            if (poll(&one, 1, 0) == 0) break;
        }
        close(watcher), partLines();
    }
    start();
    meetLines();
    watchSince(0);
    for (int64_t last = now(), before = -1; now() - last < 2000000000; before = newest) {
        if (!readWatch(now() + 100000000, noteFound)) stop("the program ended; its log is %s/log", folder);
        if (newest != before) last = now();
    }
    end(SIGTERM);
    long count = 0, lost = 0;
    for (int i = 0; i < lines; i++)
        for (int k = 0; k < next[i]; k++) count += acknowledged[i][k], lost += acknowledged[i][k] && !found[i][k];
    say("acknowledged", count);
    say("lost", lost);
    sayPercentile("ready", ready, times, 0.5);
    sayPercentile("ready_p99", ready, times, 0.99);
}

// MARK: kiosks

// Sends keys, waits until the kiosk has been quiet for 30 ms, and gives the bytes; `first` and `last` in ms.
static long press(int kiosk, const char *keys, double *first, double *last) {
    char bytes[1 << 16];
    long sum = 0;
    int64_t began = now();
    put(kiosk, keys, strlen(keys));
    *first = *last = -1;
    for (;;) {
        struct pollfd one = {kiosk, POLLIN, 0};
        int come = poll(&one, 1, sum ? 30 : 2000);
        if (come <= 0) break;
        ssize_t count = recv(kiosk, bytes, sizeof bytes, 0);
        if (count <= 0) stop("the kiosk's connection ended; the program's log is %s/log", folder);
        *last = (now() - began) / 1e6;
        if (*first < 0) *first = *last;
        sum += count;
    }
    return sum;
}

static const char *size = "\033[48;24;80;0;0t";

// A kiosk hears no key for 700 ms after a new screen has come: it was meant for the one before.
static const int64_t deaf = 750000000;

static void measureKiosk(void) {
    start();
    meetLines();
    rest(1000000000);
    double first, last, paints[200], changes[4000];
    int paintCount = 0, changeCount = 0;
    long newScreen = 0, move = 0;
    int kiosk = -1;
    for (int i = 0; i < 30; i++) {
        if (kiosk >= 0) close(kiosk), rest(20000000);
        int64_t began = now();
        kiosk = connectTo("kiosk", 1);
        double connected = (now() - began) / 1e6;
        long bytes = press(kiosk, size, &first, &last);
        if (bytes < 200) stop("the kiosk paints nothing");
        if (bytes > newScreen) newScreen = bytes;
        paints[paintCount++] = connected + last;
    }
    sayPercentile("paint", paints, paintCount, 0.5);
    // Attract, number, attract, English, number, attract, Chinese.
    const char *screens[] = {"1", "\177", "7", "1", "\177", "7", "*", "\177"};
    for (int i = 0; i < 8; i++) {
        rest(deaf);
        long bytes = press(kiosk, screens[i], &first, &last);
        if (bytes > newScreen) newScreen = bytes;
    }
    close(kiosk), rest(deaf);
    kiosk = connectTo("kiosk", 1);
    press(kiosk, size, &first, &last);
    if (press(kiosk, "1", &first, &last) < 50) stop("the kiosk does not ask for a number");
    rest(deaf);
    // A digit typed and taken back, over and over.
    for (int i = 0; i < 100; i++) {
        char digit[2] = {'0' + i % 10, 0};
        long bytes = press(kiosk, i % 2 ? "\177" : digit, &first, &last);
        if (first < 0) stop("a digit changes nothing on the screen");
        changes[changeCount++] = first;
        if (bytes > move) move = bytes;
    }
    say("screen_bytes", newScreen);
    say("move_bytes", move);
    sayPercentile("key", changes, changeCount, 0.5);
    close(kiosk);
    end(SIGTERM);
}

// Every kiosk has its terminal and its visitor; each presses a key five times a second.
static void measureKiosks(void) {
    start();
    meetLines();
    rest(1000000000);
    struct pollfd all[mostKiosks];
    int64_t due[mostKiosks], sent[mostKiosks] = {0};
    int presses[mostKiosks] = {0};
    double first, last, *changes = malloc(sizeof(double) * kiosks * seconds * 6);
    int changeCount = 0, skipped = 0;
    for (int i = 0; i < kiosks; i++) {
        all[i] = (struct pollfd){connectTo("kiosk", i + 1), POLLIN, 0};
        press(all[i].fd, size, &first, &last);
        press(all[i].fd, "1", &first, &last);
    }
    rest(deaf);
    srandom(13);
    int64_t began = now(), until = began + (int64_t)seconds * 1000000000;
    for (int i = 0; i < kiosks; i++) due[i] = began + random() % 200000000;
    while (now() < until) {
        int next = 0;
        for (int i = 1; i < kiosks; i++) if (due[i] < due[next]) next = i;
        int64_t left = due[next] - now();
        if (left <= 0) {
            if (sent[next]) skipped++;
            sent[next] = now();
            put(all[next].fd, presses[next]++ % 2 ? "\177" : "5", 1);
            due[next] += 200000000;
            continue;
        }
        struct timespec wait = {0, left};
        if (ppoll(all, kiosks, &wait, NULL) <= 0) continue;
        for (int i = 0; i < kiosks; i++) {
            char bytes[1 << 16];
            if (!all[i].revents || recv(all[i].fd, bytes, sizeof bytes, 0) <= 0) continue;
            if (sent[i]) changes[changeCount++] = (now() - sent[i]) / 1e6;
            sent[i] = 0;
        }
    }
    say("unanswered", skipped);
    sayPercentile("key_p50", changes, changeCount, 0.5);
    sayPercentile("key_p99", changes, changeCount, 0.99);
    end(SIGTERM);
}

// Bytes that come by themselves when the clock of the attract screen moves on: two minutes at most.
static void measureTick(void) {
    double first, last;
    start();
    meetLines();
    rest(1000000000);
    int kiosk = connectTo("kiosk", 1);
    press(kiosk, size, &first, &last);
    struct pollfd one = {kiosk, POLLIN, 0};
    if (poll(&one, 1, 125000) <= 0) stop("the clock does not tick");
    rest(100000000);
    char bytes[1 << 16];
    say("tick_bytes", recv(kiosk, bytes, sizeof bytes, 0));
    end(SIGTERM);
}

int main(int count, char **words) {
    struct { const char *name; int *value; } numbers[] = {
        {"--lines", &lines}, {"--seconds", &seconds}, {"--rate", &rate}, {"--times", &times}, {"--kiosks", &kiosks}};
    struct { const char *name; void (*body)(void); } measures[] = {
        {"idle", measureIdle}, {"start", measureStart}, {"latency", measureLatency}, {"kill", measureKill},
        {"kiosk", measureKiosk}, {"kiosks", measureKiosks}, {"tick", measureTick}};
    int at = 2;
    for (; at + 1 < count && strcmp(words[at], "--"); at += 2) {
        if (!strcmp(words[at], "--folder")) folder = words[at + 1];
        if (!strcmp(words[at], "--key")) word = words[at + 1];
        for (int i = 0; i < 5; i++) if (!strcmp(words[at], numbers[i].name)) *numbers[i].value = atoi(words[at + 1]);
    }
    if (at + 1 >= count || !*folder || lines > mostLines || kiosks > mostKiosks || lines < 1)
        stop("usage: around MEASURE --folder DIR [--lines N] … -- PROGRAM…");
    program = words + at + 1;
    signal(SIGPIPE, SIG_IGN);
    atexit(leave);
    for (int i = 0; i < lines; i++) listening[i] = listener(i + 1);
    for (int i = 0; i < 7; i++)
        if (!strcmp(words[1], measures[i].name)) return measures[i].body(), 0;
    stop("no measure '%s'", words[1]);
}
