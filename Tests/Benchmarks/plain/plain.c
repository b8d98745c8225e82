/*
 * The yardstick of `make bench`: the same records written by plain SQLite and nothing else.
 *
 * usage: plain ROWS.tsv STORE.db
 *
 * ROWS.tsv first describes each table on a line of its own, "#", its name and its columns as
 * NAME:TYPE, then brings a record a line: the number of its table (from 0), its id and its values
 * in the columns' order. Fields are separated by tabs; an empty value is NULL.
 *
 * Each entity becomes a STRICT rowid table with a UNIQUE id and the version of the row: `stamp`
 * (48 bits of milliseconds, 16 of counter) and `branch` (the number of the device and its epoch).
 * All records go in with one transaction, in WAL mode with synchronous=FULL, and the program
 * ends after the last byte is checkpointed into the database file.
 */
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MAX_TABLES = 64, MAX_COLUMNS = 64 };

typedef struct {
    sqlite3_stmt *insert;
    int column_count;
    char types[MAX_COLUMNS]; /* 'T'ext, 'I'nteger or 'R'eal */
} Table;

typedef struct {
    sqlite3 *db;
    Table tables[MAX_TABLES];
    int table_count;
    sqlite3_int64 stamp;
    long records;
    long values;
} Store;

static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("plain: ", stderr);
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

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Cuts off the text up to the next tab; NULL after the last. */
static char *next_field(char **rest)
{
    return strsep(rest, "\t");
}

/* Makes the table and the statement that a line "#", NAME, COLUMN:TYPE ... describes. */
static void add_table(Store *store, char *rest)
{
    if (store->table_count == MAX_TABLES)
        fail("more than %d tables", MAX_TABLES);
    Table *table = &store->tables[store->table_count++];
    sqlite3_str *create = sqlite3_str_new(store->db);
    sqlite3_str *insert = sqlite3_str_new(store->db);
    next_field(&rest);
    const char *name = next_field(&rest);
    sqlite3_str_appendf(create,
        "CREATE TABLE \"%w\" (row INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, "
        "stamp INTEGER NOT NULL, branch INTEGER NOT NULL", name);
    sqlite3_str_appendf(insert, "INSERT INTO \"%w\" VALUES (NULL, ?, ?, ?", name);
    for (char *column; (column = next_field(&rest)) != NULL;) {
        char *type = strchr(column, ':');
        if (type == NULL || table->column_count == MAX_COLUMNS)
            fail("table %s: cannot take column %s", name, column);
        *type++ = '\0';
        table->types[table->column_count++] = *type;
        sqlite3_str_appendf(create, ", \"%w\" %s", column, type);
        sqlite3_str_appendall(insert, ", ?");
    }
    sqlite3_str_appendall(create, ") STRICT");
    sqlite3_str_appendall(insert, ")");

    char *create_sql = sqlite3_str_finish(create);
    char *insert_sql = sqlite3_str_finish(insert);
    execute(store->db, create_sql);
    if (sqlite3_prepare_v3(store->db, insert_sql, -1, SQLITE_PREPARE_PERSISTENT, &table->insert,
            NULL) != SQLITE_OK)
        fail("%s: %s", insert_sql, sqlite3_errmsg(store->db));
    sqlite3_free(create_sql);
    sqlite3_free(insert_sql);
}

static void bind(sqlite3_stmt *insert, int index, char type, const char *value)
{
    switch (type) {
    case 'I':
        sqlite3_bind_int64(insert, index, strtoll(value, NULL, 10));
        break;
    case 'R':
        sqlite3_bind_double(insert, index, strtod(value, NULL));
        break;
    default:
        sqlite3_bind_text(insert, index, value, -1, SQLITE_STATIC);
    }
}

/* Inserts the record of one line. */
static void add_record(Store *store, char *rest)
{
    const char *number = next_field(&rest);
    const char *id = next_field(&rest);
    int index = atoi(number);
    if (id == NULL || index < 0 || index >= store->table_count)
        fail("record %ld: no id, or no such table: %s", store->records + 1, number);
    Table *table = &store->tables[index];

    sqlite3_bind_text(table->insert, 1, id, -1, SQLITE_STATIC);
    sqlite3_bind_int64(table->insert, 2, ++store->stamp);
    sqlite3_bind_int64(table->insert, 3, 1);
    for (int column = 0; column < table->column_count; column++) {
        const char *value = next_field(&rest);
        if (value == NULL)
            fail("record %s: too few values", id);
        if (*value == '\0') {
            sqlite3_bind_null(table->insert, 4 + column);
        } else {
            bind(table->insert, 4 + column, table->types[column], value);
            store->values++;
        }
    }
    if (sqlite3_step(table->insert) != SQLITE_DONE)
        fail("record %s: %s", id, sqlite3_errmsg(store->db));
    sqlite3_reset(table->insert);
    store->records++;
}

static void open_store(Store *store, const char *path)
{
    if (sqlite3_open(path, &store->db) != SQLITE_OK)
        fail("%s: %s", path, sqlite3_errmsg(store->db));
    execute(store->db, "PRAGMA journal_mode = WAL");
    execute(store->db, "PRAGMA synchronous = FULL");
    expect_pragma(store->db, "PRAGMA journal_mode", "wal");
    expect_pragma(store->db, "PRAGMA synchronous", "2");
    store->stamp = (sqlite3_int64)time(NULL) * 1000 << 16;
}

static void write_rows(Store *store, FILE *rows)
{
    char *line = NULL;
    size_t capacity = 0;
    execute(store->db, "BEGIN IMMEDIATE");
    for (ssize_t length; (length = getline(&line, &capacity, rows)) > 0;) {
        if (line[length - 1] == '\n')
            line[length - 1] = '\0';
        if (line[0] == '#')
            add_table(store, line);
        else
            add_record(store, line);
    }
    execute(store->db, "COMMIT");
    free(line);
}

static void close_store(Store *store)
{
    for (int index = 0; index < store->table_count; index++)
        sqlite3_finalize(store->tables[index].insert);
    execute(store->db, "PRAGMA wal_checkpoint(TRUNCATE)");
    if (sqlite3_close(store->db) != SQLITE_OK)
        fail("cannot close the database");
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: plain ROWS.tsv STORE.db\n", stderr);
        return 2;
    }
    FILE *rows = fopen(argv[1], "r");
    if (rows == NULL)
        fail("cannot read %s", argv[1]);
    Store store = {0};
    double start = seconds_now();
    open_store(&store, argv[2]);
    write_rows(&store, rows);
    close_store(&store);
    double seconds = seconds_now() - start;
    fclose(rows);
    printf("%ld records, %ld field values in %.3f s: %.0f records/s, %.0f values/s\n",
        store.records, store.values, seconds, store.records / seconds, store.values / seconds);
    return 0;
}
