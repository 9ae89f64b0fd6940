"""What the database refuses about the ledger, whoever writes to it.

Made after every migration, beside the guards of every tenant table (mutualgov/tenancy/guards.py), so that rebuilding
a table cannot lose them. docs/decisions/0060-ledger-in-the-database.md explains each.

====================================  =============================================================================
rule                                  how
====================================  =============================================================================
an entry's lines sum to zero          PostgreSQL: constraint trigger on the entry, deferred to the commit.
                                      SQLite: the last line seals the entry if it balances; an entry that is
                                      not sealed breaks a deferred foreign key, so the commit fails.
no line is added to an old entry      positions run from 1 to the entry's fixed ``line_count``, each once
no holding below zero on any date     trigger on each line, over all the account's dates; takes the account's lock
a line's account is of its class      the same trigger
====================================  =============================================================================
"""

from typing import Any

from django.apps import AppConfig
from django.db import connections

from mutualgov.tenancy import GUARD_PREFIX as P

LOWEST_HOLDING = """
    select min(held) from (
        select sum(sum(line.units)) over (order by entry.effective_on) as held
        from shares_shareline line join shares_shareentry entry on entry.id = line.entry_id
        where line.account_id = new.account_id
        group by entry.effective_on
    ) days"""

POSTGRESQL_LINE = f"""
create or replace function {P}share_line() returns trigger language plpgsql as $$
declare
    part record;
begin
    select entry.line_count, entry.class_key = account.class_key as same_class,
           account.membership_id is null and account.outside_holder = '' as issuer
      into part
      from shares_shareentry entry, shares_shareaccount account
     where entry.id = new.entry_id and account.id = new.account_id
       for update of account;
    if not part.same_class then
        raise exception 'a share line moves shares of another class than its entry'
            using errcode = 'check_violation';
    end if;
    if new.position > part.line_count then
        raise exception 'share entry % has its % lines already', new.entry_id, part.line_count
            using errcode = 'check_violation';
    end if;
    if not part.issuer and ({LOWEST_HOLDING}) < 0 then
        raise exception 'a share holding would fall below zero' using errcode = 'check_violation';
    end if;
    return null;
end $$"""

# The mutual in scope may have been left by the time of the commit, and row-level security would then hide the lines.
POSTGRESQL_ENTRY = f"""
create or replace function {P}share_entry() returns trigger language plpgsql as $$
declare
    scoped text := current_setting('app.mutual', true);
    lines bigint;
    balance bigint;
begin
    perform set_config('app.mutual', new.mutual_id::text, true);
    select count(*), coalesce(sum(units), 0) into lines, balance
      from shares_shareline where entry_id = new.id;
    perform set_config('app.mutual', coalesce(scoped, ''), true);
    if lines <> new.line_count or balance <> 0 then
        raise exception 'share entry % does not balance: % of % lines, sum %',
            new.reference, lines, new.line_count, balance using errcode = 'check_violation';
    end if;
    return null;
end $$"""

POSTGRESQL_TRIGGERS = {
    f"{P}share_line": f"""
        create trigger {P}share_line after insert on shares_shareline
        for each row execute function {P}share_line()""",
    f"{P}share_entry": f"""
        create constraint trigger {P}share_entry after insert on shares_shareentry
        deferrable initially deferred for each row execute function {P}share_entry()""",
}

SQLITE = (
    # A row here owes something that can never be paid, so no transaction commits while one stands.
    "create table if not exists shares_nothing (id integer primary key)",
    """create table if not exists shares_unsealed (
        entry_id integer primary key,
        waits_for integer not null references shares_nothing (id) deferrable initially deferred)""",
    f"""create trigger if not exists {P}share_entry_opens after insert on shares_shareentry
        begin insert into shares_unsealed (entry_id, waits_for) values (new.id, 1); end""",
    f"""create trigger if not exists {P}share_line_fits before insert on shares_shareline
        when not exists (
            select 1 from shares_shareentry entry, shares_shareaccount account
            where entry.id = new.entry_id and account.id = new.account_id
              and entry.class_key = account.class_key and new.position <= entry.line_count)
        begin select raise(abort, 'a share line beyond its entry, or of another class'); end""",
    f"""create trigger if not exists {P}share_line_holds after insert on shares_shareline
        when exists (select 1 from shares_shareaccount where id = new.account_id
                     and (membership_id is not null or outside_holder <> ''))
         and ({LOWEST_HOLDING}) < 0
        begin select raise(abort, 'a share holding would fall below zero'); end""",
    f"""create trigger if not exists {P}share_entry_seals after insert on shares_shareline
        when new.position = (select line_count from shares_shareentry where id = new.entry_id)
        begin
            select raise(abort, 'share entry does not balance') where (
                select count(*) <> new.position or sum(units) <> 0
                from shares_shareline where entry_id = new.entry_id);
            delete from shares_unsealed where entry_id = new.entry_id;
        end""",
)


def guard_ledger(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate: bring the ledger under guard. Runs again without harm."""
    connection = connections[using]
    if "shares_shareline" not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in SQLITE:
                cursor.execute(statement)
            return
        cursor.execute(POSTGRESQL_LINE)
        cursor.execute(POSTGRESQL_ENTRY)
        cursor.execute("select tgname from pg_trigger where tgname like %s", [f"{P}share\\_%"])
        present = {row[0] for row in cursor.fetchall()}
        for name, statement in POSTGRESQL_TRIGGERS.items():
            if name not in present:
                cursor.execute(statement)
