//! Closed word lists of the tokenizer and the sentence splitter.

/// Abbreviations, lower case with their full stop, after which the sentence goes on.
pub(super) const TITLES: &[&str] = &[
    "mr.", "mrs.", "ms.", "dr.", "messrs.", "mme.", "mlle.", "prof.", "st.", "gen.", "col.", "lt.", "sgt.", "capt.",
    "maj.", "brig.", "cmdr.", "adm.", "rev.", "hon.", "gov.", "sen.", "sens.", "rep.", "reps.", "pres.", "amb.",
    "supt.", "insp.", "mt.", "ft.", "vs.", "no.", "nos.", "fig.", "cf.", "e.g.", "i.e.", "approx.", "pvt.", "cpl.",
    "msgr.", "fr.", "p.", "pp.", "art.", "vol.", "sec.", "jan.", "feb.", "mar.", "apr.", "aug.", "sept.", "sep.",
    "oct.", "nov.", "dec.",
];

/// Words that follow an hour of the day.
pub(super) const CALENDAR: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "EST",
    "EDT",
    "ET",
    "GMT",
    "PST",
    "PDT",
    "PT",
    "CET",
    "CEST",
    "UTC",
    "BST",
    "Eastern",
    "Pacific",
    "Moscow",
    "Central",
];

/// Words that open sentences and hardly ever continue a name.
pub(super) const STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "They",
    "We",
    "You",
    "I",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "His",
    "Her",
    "Its",
    "Their",
    "Our",
    "My",
    "Your",
    "In",
    "On",
    "At",
    "But",
    "And",
    "Or",
    "So",
    "If",
    "When",
    "While",
    "As",
    "After",
    "Before",
    "Since",
    "Although",
    "Though",
    "However",
    "Yet",
    "For",
    "From",
    "By",
    "With",
    "To",
    "Of",
    "What",
    "Who",
    "Why",
    "How",
    "Where",
    "Both",
    "Some",
    "Many",
    "Most",
    "All",
    "One",
    "Two",
    "Another",
    "Other",
    "No",
    "Not",
    "Earlier",
    "Later",
    "Meanwhile",
    "Now",
    "Then",
    "Last",
    "During",
    "Under",
    "Among",
    "According",
    "Because",
    "Until",
    "Even",
    "Such",
    "Still",
    "Also",
    "Only",
    "Asked",
    "Despite",
    "Instead",
    "Moreover",
    "Nevertheless",
    "Whether",
    "Once",
    "Unlike",
    "Like",
];

/// Verbs that follow a speaker after a quotation.
pub(super) const SAYING: &[&str] = &[
    "said",
    "says",
    "asked",
    "asks",
    "added",
    "adds",
    "told",
    "tells",
    "wrote",
    "writes",
    "tweeted",
    "shouted",
    "replied",
    "responded",
    "exclaimed",
    "continued",
    "wondered",
    "cried",
    "yelled",
    "declared",
    "quipped",
    "joked",
    "recalled",
    "demanded",
    "insisted",
    "warned",
    "noted",
    "argued",
    "answered",
    "posted",
    "called",
    "chanted",
    "thundered",
    "urged",
    "concluded",
];

/// Prefixes after which the treebanks leave the hyphen in the word.
pub(super) const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "cross", "de", "dis", "e", "ex", "extra", "hyper", "inter", "intra",
    "macro", "mega", "meta", "micro", "mid", "mini", "multi", "neo", "non", "over", "para", "poly", "post", "pre",
    "pro", "proto", "pseudo", "quasi", "re", "semi", "socio", "sub", "super", "supra", "trans", "tri", "ultra", "un",
    "under", "uni",
];

/// Units that are written right after a number and cut from it.
pub(super) const UNITS: &[&str] = &[
    "m", "M", "k", "K", "b", "bn", "mn", "tn", "trn", "MM", "pm", "am", "PM", "AM", "mm", "cm", "km", "kg", "g", "mg",
    "ft", "lb", "lbs", "mph", "kph", "kW", "MW", "GW", "kWh", "MWh", "GWh", "Hz", "kHz", "MHz", "GHz", "x", "hrs",
    "hr", "min", "mins", "sec", "h", "t", "yr", "yrs", "oz", "GB", "MB", "TB",
];

/// Last parts of host and file names.
pub(super) const DOMAINS: &[&str] = &[
    "com", "org", "net", "gov", "edu", "int", "mil", "info", "io", "tv", "uk", "eu", "de", "fr", "ru", "ua", "cn",
    "jp", "au", "ca", "doc", "pdf", "jpg", "html", "htm", "txt", "xls",
];

/// Abbreviations in any case of letters.
pub(super) const ALWAYS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "messrs", "mme", "mlle", "vs", "etc", "jr", "sr", "ltd", "esq", "approx", "viz", "cf",
    "dept", "govt", "ibid", "incl", "resp", "plc", "esp",
];

/// Abbreviations when they begin with a capital.
pub(super) const CAPITALISED: &[&str] = &[
    "prof", "st", "ste", "gen", "col", "lt", "sgt", "capt", "maj", "brig", "cmdr", "adm", "rev", "hon", "gov", "sen",
    "sens", "rep", "reps", "pres", "amb", "supt", "insp", "inc", "corp", "co", "bros", "jan", "feb", "aug", "sept",
    "sep", "oct", "nov", "dec", "mt", "ft", "ave", "blvd", "rd", "attn", "calif", "fla", "ariz", "colo", "conn",
    "okla", "tenn", "wis", "mich", "minn", "mont", "neb", "nev", "univ", "assn", "intl", "natl", "atty", "pvt", "cpl",
    "spc", "ald", "msgr", "fr", "dist", "ph",
];

/// Abbreviations before a number only.
pub(super) const NUMBERED: &[&str] = &[
    "no", "nos", "p", "pp", "art", "arts", "vol", "sec", "para", "paras", "mar", "apr", "jun", "jul", "fig", "figs",
    "eq", "ch", "ca",
];

/// Days of the week, before a number or a comma.
pub(super) const DAYS: &[&str] = &["sat", "sun", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri"];

/// States and provinces that are also words, after a comma only.
pub(super) const STATES: &[&str] = &[
    "va", "pa", "ill", "mass", "ore", "tex", "wash", "ark", "del", "ga", "ind", "kan", "ky", "la", "md", "me", "miss",
    "mo", "ala", "que", "ont", "okl", "wyo",
];

/// Negated auxiliaries written without apostrophe.
pub(super) const JOINED_NOT: &[&str] = &[
    "isnt", "arent", "didnt", "doesnt", "hadnt", "hasnt", "havent", "wasnt", "werent", "wouldnt", "couldnt", "shouldnt",
];
