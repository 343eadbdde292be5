#include <sqlite3.h>

/* SQLITE_TRANSIENT is a cast that Swift cannot import: SQLite copies what is bound. */
static inline int hh_bind_text(sqlite3_stmt *statement, int index, const char *text, int length) {
    return sqlite3_bind_text(statement, index, text, length, SQLITE_TRANSIENT);
}
static inline int hh_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, int length) {
    return sqlite3_bind_blob(statement, index, bytes, length, SQLITE_TRANSIENT);
}

/* Result codes that are arithmetic in sqlite3.h, which Swift does not import. */
static const int hh_ioerr_write = SQLITE_IOERR_WRITE;
static const int hh_ioerr_fsync = SQLITE_IOERR_FSYNC;
static const int hh_ioerr_truncate = SQLITE_IOERR_TRUNCATE;
static const int hh_ioerr_shmsize = SQLITE_IOERR_SHMSIZE;
