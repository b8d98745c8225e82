/*
 * The second yardstick of `make bench`: every row that a merge wrote, in every table, written by
 * SQLite and nothing else.
 *
 * usage: rows TAPE STORE.db
 *
 * The tape is a file that same_rows.py makes of a store after a merge. Numbers are little-endian.
 *
 *     schema       4 bytes length, SQL that makes the tables, indexes and settings
 *     count        4 bytes, then that many statements: each 4 bytes length, SQL
 *     steps        to the end of the file; each 1 byte:
 *       0...253    the number of a statement, then a value for each of its parameters:
 *                  1 byte kind: 0 null; 1 integer, 8 bytes; 2 double, 8 bytes;
 *                               3 text, 4 bytes length, UTF-8; 4 blob, 4 bytes length, bytes
 *       254        the end of a transaction: one stands where a frame ended
 *
 * The same settings as the program's: WAL, synchronous=FULL, a cache of 16 MiB, and the limit of
 * the journal. The tape is in memory before the clock starts, which is after the tables are made:
 * the program's store has its tables too when the merge begins. It stops after the last commit is
 * on the disk, as the program's does; no checkpoint is waited for beyond those SQLite makes itself.
 * It prints the seconds that passed, and those it computed.
 */
#include <fcntl.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAX_STATEMENTS = 253, COMMIT = 254 };
enum { KIND_NULL, KIND_INTEGER, KIND_DOUBLE, KIND_TEXT, KIND_BLOB };

typedef struct {
    const uint8_t *next;
    const uint8_t *end;
} Tape;

typedef struct {
    sqlite3 *db;
    sqlite3_stmt *statements[MAX_STATEMENTS];
    int parameters[MAX_STATEMENTS];
    uint32_t statement_count;
    long rows;
} Store;

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("rows: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

static void execute(sqlite3 *db, const char *sql)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        fail("%s: %s", sql, sqlite3_errmsg(db));
}

/* Fails unless the pragma's value is the wanted one: a softer setting would not be a yardstick. */
static void expect_pragma(sqlite3 *db, const char *sql, const char *wanted)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK
        || sqlite3_step(statement) != SQLITE_ROW)
        fail("%s: %s", sql, sqlite3_errmsg(db));
    const char *value = (const char *)sqlite3_column_text(statement, 0);
    if (strcmp(value, wanted) != 0)
        fail("%s is %s, not %s", sql, value, wanted);
    sqlite3_finalize(statement);
}

static double seconds_of(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* The next bytes of the tape, which must be there. */
static const uint8_t *take(Tape *tape, size_t count)
{
    if ((size_t)(tape->end - tape->next) < count)
        fail("the tape ends too early");
    const uint8_t *taken = tape->next;
    tape->next += count;
    return taken;
}

static uint32_t take_length(Tape *tape)
{
    uint32_t length;
    memcpy(&length, take(tape, sizeof length), sizeof length);
    return length;
}

/* A copy with a terminator, for SQL. */
static char *take_sql(Tape *tape)
{
    uint32_t length = take_length(tape);
    const uint8_t *bytes = take(tape, length);
    char *sql = malloc((size_t)length + 1);
    if (sql == NULL)
        fail("no memory");
    memcpy(sql, bytes, length);
    sql[length] = '\0';
    return sql;
}

/* Maps the whole file and touches every page of it, so that no read falls into the time. */
static Tape open_tape(const char *path)
{
    struct stat status;
    int file = open(path, O_RDONLY);
    if (file < 0 || fstat(file, &status) != 0)
        fail("cannot read %s", path);
    size_t size = (size_t)status.st_size;
    const uint8_t *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
    if (bytes == MAP_FAILED)
        fail("cannot map %s", path);
    close(file);
    volatile uint8_t sum = 0;
    for (size_t place = 0; place < size; place += 4096)
        sum = (uint8_t)(sum + bytes[place]);
    return (Tape){bytes, bytes + size};
}

static void open_store(Store *store, Tape *tape, const char *path)
{
    if (sqlite3_open(path, &store->db) != SQLITE_OK)
        fail("%s: %s", path, sqlite3_errmsg(store->db));
    execute(store->db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                       "PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;"
                       "PRAGMA cell_size_check = ON; PRAGMA journal_size_limit = 67108864;"
                       "PRAGMA wal_autocheckpoint = 8192");
    expect_pragma(store->db, "PRAGMA journal_mode", "wal");
    expect_pragma(store->db, "PRAGMA synchronous", "2");
    char *schema = take_sql(tape);
    execute(store->db, schema);
    free(schema);

    store->statement_count = take_length(tape);
    if (store->statement_count > MAX_STATEMENTS)
        fail("more than %d statements", MAX_STATEMENTS);
    for (uint32_t index = 0; index < store->statement_count; index++) {
        char *sql = take_sql(tape);
        if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
                &store->statements[index], NULL) != SQLITE_OK)
            fail("%s: %s", sql, sqlite3_errmsg(store->db));
        store->parameters[index] = sqlite3_bind_parameter_count(store->statements[index]);
        free(sql);
    }
}

static void bind_next(sqlite3_stmt *statement, int index, Tape *tape)
{
    uint8_t kind = *take(tape, 1);
    int64_t integer;
    double real;
    uint32_t length;
    switch (kind) {
    case KIND_NULL:
        sqlite3_bind_null(statement, index);
        break;
    case KIND_INTEGER:
        memcpy(&integer, take(tape, sizeof integer), sizeof integer);
        sqlite3_bind_int64(statement, index, integer);
        break;
    case KIND_DOUBLE:
        memcpy(&real, take(tape, sizeof real), sizeof real);
        sqlite3_bind_double(statement, index, real);
        break;
    case KIND_TEXT:
        length = take_length(tape);
        sqlite3_bind_text(
            statement, index, (const char *)take(tape, length), (int)length, SQLITE_STATIC);
        break;
    case KIND_BLOB:
        length = take_length(tape);
        sqlite3_bind_blob(statement, index, take(tape, length), (int)length, SQLITE_STATIC);
        break;
    default:
        fail("a value of the unknown kind %d", kind);
    }
}

static void write_row(Store *store, uint8_t number, Tape *tape)
{
    if (number >= store->statement_count)
        fail("no statement %d", number);
    sqlite3_stmt *statement = store->statements[number];
    for (int index = 1; index <= store->parameters[number]; index++)
        bind_next(statement, index, tape);
    if (sqlite3_step(statement) != SQLITE_DONE)
        fail("row %ld: %s", store->rows + 1, sqlite3_errmsg(store->db));
    sqlite3_reset(statement);
    store->rows++;
}

static void write_rows(Store *store, Tape *tape)
{
    execute(store->db, "BEGIN IMMEDIATE");
    while (tape->next < tape->end) {
        uint8_t step = *take(tape, 1);
        if (step != COMMIT) {
            write_row(store, step, tape);
            continue;
        }
        execute(store->db, "COMMIT");
        if (tape->next < tape->end)
            execute(store->db, "BEGIN IMMEDIATE");
    }
    if (!sqlite3_get_autocommit(store->db))
        fail("the tape ends inside a transaction");
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: rows TAPE STORE.db\n", stderr);
        return 2;
    }
    Tape tape = open_tape(argv[1]);
    Store store = {0};
    open_store(&store, &tape, argv[2]);
    double start = seconds_of(CLOCK_MONOTONIC);
    double computed_start = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    write_rows(&store, &tape);
    double seconds = seconds_of(CLOCK_MONOTONIC) - start;
    double computed = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - computed_start;
    for (uint32_t index = 0; index < store.statement_count; index++)
        sqlite3_finalize(store.statements[index]);
    if (sqlite3_close(store.db) != SQLITE_OK)
        fail("cannot close the database");
    printf("%.4f %.4f\n", seconds, computed);
    return 0;
}
