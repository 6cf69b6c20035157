//! What a list is: where its rows come from and what its columns mean. A part declares its lists as constants of these types.

/// One list, served at `GET /api/v1/<name>` as JSON, CSV and XLSX, and described at `GET /api/v1/lists`.
pub struct List {
    /// Plural, kebab-case: also its path.
    pub name: &'static str,
    pub title: &'static str,
    /// The kind of record that a row is, snake_case; with it a row's code opens.
    pub subject: &'static str,
    /// SQL after FROM, joins included. Tables unqualified, so that the same text reads the past.
    pub from: &'static str,
    /// SQL condition that always holds, or empty.
    pub condition: &'static str,
    /// SQL of the row's unique uuid: the last key of every order, so that pages never skip or repeat a row.
    pub key: &'static str,
    pub columns: &'static [Column],
    /// SQL text expression that `q=` looks into, lower case, with a trigram index behind it; or empty.
    pub search: &'static str,
    /// SQL condition under which a word finds a row too, `{word}` standing for the word's pattern; or empty.
    pub search_also: &'static str,
    /// As in `sort=`: column names, `-` before one for descending.
    pub default_sort: &'static str,
}

/// What a column holds, and thereby how it is filtered, sorted, shown and exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Text,
    /// A code that opens a record; `link` says of what kind.
    Code,
    /// Serials, part numbers, addresses: shown monospaced.
    Mono,
    Integer,
    /// An exact number with a fraction; JSON string.
    Decimal,
    /// Money; JSON string. The row's `currency` column says of what.
    Money,
    Date,
    Instant,
    /// A lifecycle's state.
    State,
    /// A team's code; a filter takes the team and all below it. Its SQL is the team's code, `key_sql` its id.
    Team,
    Boolean,
    Uuid,
}

#[derive(Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    pub label: &'static str,
    pub kind: Kind,
    /// SQL expression over the list's FROM.
    pub sql: &'static str,
    pub sortable: bool,
    pub filterable: bool,
    /// Whether a page shows it before anybody chose columns.
    pub shown: bool,
    pub nullable: bool,
    pub unit: &'static str,
    /// The kind of record that the cell opens, or empty.
    pub link: &'static str,
    /// The values it can have, when they are few.
    pub values: &'static [&'static str],
    /// For [`Kind::Team`]: SQL of the team's id.
    pub key_sql: &'static str,
    /// The list's totals can be asked by it.
    pub grouped: bool,
    /// An amount in the books' own currency that the list's totals sum up.
    pub summed: bool,
}

/// A shown, sortable, filterable, non-null column; refine it with the methods below. `{asker}` in its SQL is the id of the person who asks.
pub const fn column(name: &'static str, label: &'static str, kind: Kind, sql: &'static str) -> Column {
    Column { name, label, kind, sql, sortable: true, filterable: true, shown: true, nullable: false, unit: "", link: "", values: &[], key_sql: "", grouped: false, summed: false }
}

impl Column {
    pub const fn hidden(mut self) -> Self {
        self.shown = false;
        self
    }
    pub const fn nullable(mut self) -> Self {
        self.nullable = true;
        self
    }
    pub const fn unsortable(mut self) -> Self {
        self.sortable = false;
        self
    }
    /// Shown only: neither sorted nor filtered by.
    pub const fn plain(mut self) -> Self {
        self.sortable = false;
        self.filterable = false;
        self
    }
    pub const fn unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }
    pub const fn opens(mut self, record_kind: &'static str) -> Self {
        self.link = record_kind;
        self
    }
    pub const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.values = values;
        self
    }
    pub const fn team_key(mut self, sql: &'static str) -> Self {
        self.key_sql = sql;
        self
    }
    pub const fn grouped(mut self) -> Self {
        self.grouped = true;
        self
    }
    pub const fn summed(mut self) -> Self {
        self.summed = true;
        self
    }
}
