//! Marks: what a cue gives to the terms that it finds. The words of a cue are data; what a mark does to the reading is
//! code.

macro_rules! marks {
    ($($(#[$doc:meta])* $name:ident = $key:literal,)*) => {
        /// What a cue says of a term. The names in the files of cues are the keys.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) enum Mark { $($(#[$doc])* $name,)* }

        impl Mark {
            /// All marks with their names in the files of cues.
            pub(crate) const ALL: &'static [(Mark, &'static str)] = &[$((Mark::$name, $key),)*];
        }
    };
}

marks! {
    /// A word for the customer, or the customer's name.
    Customer = "customer",
    /// Somebody who is not the customer: a supplier, an auditor.
    Outsider = "outsider",
    /// Another company, whose doings say nothing of the customer.
    Stranger = "stranger",
    /// Another company that the customer deals with, told by the deal: "their insurer", "the firm that cleans the depot".
    Counterparty = "counterparty",
    /// Allows, forbids or prescribes, which binds others than who does it.
    Commands = "commands",
    /// Why licences are counted twice or not real: where else they are counted, what became of them.
    DuplicateGround = "duplicate-ground",
    /// "It", "they": of whom the note spoke last.
    ThirdPerson = "third-person",
    /// "Who", which says more of somebody.
    Who = "who",
    /// A figure of nothing: "none".
    ZeroFigure = "zero-figure",
    /// What a usage report counts: views, launches, idle seats.
    Metric = "metric",
    /// Somebody looked at it, or called it so.
    Judged = "judged",
    /// Who sells or builds the service: a reseller, a partner, the account team.
    Helper = "helper",
    /// A building or a place that somebody uses, which is no service.
    Premises = "premises",
    /// Somebody after a preposition, who is no subject.
    InPassing = "in-passing",
    /// Who did it, after "by".
    Agent = "agent",
    /// "Its", "their" at the head of a clause: of whom the clause before spoke.
    Possessed = "possessed",
    /// A device.
    Device = "device",
    /// A thing or a doing as the subject of its clause.
    Thing = "thing",
    /// Speaks of the service or of its deployment.
    Service = "service",
    /// Help from us, wanted or declined.
    HelpDeclined = "help-declined",
    /// A participle that only says which ones are meant: "the blocked enrolments".
    Attribute = "attribute",
    /// Says that somebody cannot: "unable to".
    Inability = "inability",
    /// "Will not", before a verb of whatever kind.
    WillNot = "will-not",
    /// Taken out of what they plan: "struck from the roadmap".
    Struck = "struck",
    /// Too much or too little to do something.
    ShortOf = "short-of",
    /// Looks like a negation or a refusal and turns nothing round.
    NoTurn = "no-turn",
    /// A negation that may agree with an earlier one: "they never reply to nobody".
    Concord = "concord",
    /// What somebody keeps doing.
    GoesOn = "goes-on",
    /// Begins or continues something that is no work on the service.
    GoesOnElsewhere = "goes-on-elsewhere",
    /// A refusal or a hindrance that is over: "had been stuck".
    Over = "over",
    /// An auxiliary verb.
    Auxiliary = "auxiliary",
    /// A finite verb with which a clause may start.
    Finite = "finite",
    /// Remains or stays as it is.
    Rests = "rests",
    /// Taking into use, done by somebody who is named before: "a partner does the migration".
    WorkDoneBy = "work-done-by",
    /// The noun of taking into use, and not the verb.
    DeploymentNoun = "deployment-noun",
    /// The noun of taking into use that only says of what kind the next noun is.
    DeploymentModifier = "deployment-modifier",
    /// Takes, wants or stays with another product.
    TakesOther = "takes-other",
    /// Moves on with another product.
    GoesOnWithOther = "goes-on-with-other",
    /// The colon between a label and its answer.
    Label = "label",
    /// Joins clauses or parts of them.
    Joiner = "joiner",
    /// Refers to what stands before it: "which", "where".
    RelativePronoun = "relative-pronoun",
    /// A product as the subject of what it does, needs or lacks.
    ProductFact = "product-fact",
    /// "And".
    Conjunction = "conjunction",
    /// Has a verb after it, which makes a clause of what follows.
    WithVerb = "with-verb",
    /// Looks as if a reason came after it, and none does.
    NoCause = "no-cause",
    /// Looks as if an effect came after it, and none does.
    NoEffect = "no-effect",
    /// Looks like a contrast, and is none.
    NoContrast = "no-contrast",
    /// An attempt at contact.
    Attempt = "attempt",
    /// An attempt at contact, as a thing that can be counted.
    AttemptNoun = "attempt-noun",
    /// An attempt that is still to come.
    Planned = "planned",
    /// "Times", and what else stands for it.
    Times = "times",
    /// A number of attempts.
    Counted = "counted",
    /// A number that can stand before what it counts.
    Quantity = "quantity",
    /// How many times, in a word or a figure.
    NumberOfTimes = "number-of-times",
    /// Goes on with a list.
    ListJoiner = "list-joiner",
    /// Somebody did answer.
    Replied = "replied",
    /// None.
    Zero = "zero",
    /// An attempt that failed.
    FailedAttempt = "failed-attempt",
    /// A word of silence that may speak of machines.
    OfMachines = "of-machines",
    /// Nothing, as an answer in a word.
    Nil = "nil",
    /// Somebody tried to find out.
    Sought = "sought",
    /// Finding out that is denied.
    NotLearnt = "not-learnt",
    /// Speaks of what is intended.
    SpeaksOfIntent = "speaks-of-intent",
    /// Somebody who can be spoken to.
    Addressee = "addressee",
    /// Says that there is no account team.
    Unmanaged = "unmanaged",
    /// A phase that says nothing without its number.
    NumberedPhase = "numbered-phase",
    /// A phase that stands by itself.
    NamedPhase = "named-phase",
    /// Between a figure and the total.
    OfTotal = "of-total",
    /// Only says that it is a duplicate or invalid.
    BareDuplicate = "bare-duplicate",
    /// An office's own number for something.
    Reference = "reference",
    /// Who checked, marked or closed a duplicate, and when.
    Paperwork = "paperwork",
    /// Says how many reasons there are.
    CountsReasons = "counts-reasons",
    /// A name in front of its verb.
    HeadsAsName = "heads-as-name",
    /// A noun of the field, often written with a capital.
    FieldNoun = "field-noun",
    /// An event, and what it is of.
    EventTold = "event-told",
    /// What duplicates are made of.
    Licence = "licence",
    /// Something that could be read as a no.
    Lack = "lack",
    /// A verb in the past that no list knows.
    Deed = "deed",
    /// Tells that something moves, or was put to work, whatever the verb.
    Motion = "motion",
    /// Sees value, or none, in something.
    SeesValue = "sees-value",
    /// Trouble that is denied or over.
    NoTrouble = "no-trouble",
    /// A doubt in front of a part of a sentence.
    LeadingDoubt = "leading-doubt",
    /// It may or it may not.
    EitherWay = "either-way",
    /// The word "may".
    May = "may",
    /// What somebody or something has not done yet.
    Yet = "yet",
    /// Tells of a question.
    Asked = "asked",
    /// Asks politely.
    Please = "please",
    /// Says what a product is.
    Definition = "definition",
    /// A level code.
    Level = "level",
    /// A figure of usage or a level code.
    UsageFigure = "usage-figure",
    /// Which state seats are in.
    SeatsState = "seats-state",
    /// Signing in or logging on.
    SigningIn = "signing-in",
    /// A small word in front of a name.
    LeadsToName = "leads-to-name",
    /// The migration of a part of a workload.
    MigrationOf = "migration-of",
    /// Another workload that users are on.
    UsersOnOther = "users-on-other",
    /// A slot that nobody filled.
    OpenSlot = "open-slot",
    /// A choice that nobody made.
    OpenChoice = "open-choice",
    /// A letter or number that stands for nothing.
    Dummy = "dummy",
    /// Leads a clause that tells of a conversation or of something handed over.
    Talk = "talk",
    /// In a clause that only says which thing is meant: "handsets that cannot register".
    Relative = "relative",
    /// "May not" that forbids: "may not be used without consent".
    Forbidden = "forbidden",
    /// "The", "its" and their like.
    Determiner = "determiner",
    /// Needs, or waits for, something.
    Depends = "depends",
    /// "Without", where what follows must happen first: "may not be used without consent".
    OpensCondition = "opens-condition",
    /// Wants what comes after it: "would like Teams".
    Wish = "wish",
    /// A deployment that waits for something.
    Waits = "waits",
    /// Beside a noun such as "factor" or "situation", and names nothing itself.
    Hollow = "hollow",
    /// Says that the reason is given in another place.
    ReasonElsewhere = "reason-elsewhere",
    /// Says what the reason is not.
    RuledOut = "ruled-out",
    /// Ties a fact to the use of the service.
    Bears = "bears",
    /// May tie a fact to the use of the service: money, an attitude, an ending.
    Touches = "touches",
    /// Says no, or that something is missing or in the way.
    Hinders = "hinders",
    /// Speaks of what surrounds a company: its premises, its feasts, its history.
    Setting = "setting",
    /// Tells of something that happened once.
    PastEvent = "past-event",
    /// Stands without an article, as names of products do, and after no word for a place.
    BareName = "bare-name",
    /// A word after which something has to follow.
    OpensSlot = "opens-slot",
    /// A word for what the customer's own name says that it is: "brokers", where that is Bell Insurance Brokers.
    OwnKind = "own-kind",
    /// One person, which no customer is: "he", "for her".
    OnePerson = "one-person",
    /// Whose something is, said of a third: "its", "their".
    Whose = "whose",
    /// Of somebody alone, whatever he rules over beside: "its own auditors", "in its own tenant".
    OwnAffair = "own-affair",
    /// "Over there": where those are of whom the note spoke.
    OverThere = "over-there",
    /// Takes back what was begun: "they removed the sensor everywhere".
    Abandoned = "abandoned",
    /// Could be read as a lack, and is none where work goes on: "already".
    NoSetback = "no-setback",
    /// A body, a paper or a gathering of the engagement, or an aim of a programme.
    Engagement = "engagement",
    /// A number that differs from another where both ought to be one, or the same licences in two places.
    FiguresDiffer = "figures-differ",
    /// Only says that something is not valid.
    CalledInvalid = "called-invalid",
    /// The service, declined in one breath with help.
    BothDeclined = "both-declined",
}

/// A set of marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Marks(u128);

impl Marks {
    /// The set with these bits, as [`Marks::bits`] gives them.
    pub(crate) const fn from_bits(bits: u128) -> Self {
        Self(bits)
    }

    /// One bit for each mark, in their order.
    pub(crate) const fn bits(self) -> u128 {
        self.0
    }

    pub(crate) fn with(self, mark: Mark) -> Self {
        Self(self.0 | 1 << (mark as u32))
    }

    #[allow(dead_code, reason = "patterns are compiled by the build script and by tests")]
    pub(crate) fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) fn has(self, mark: Mark) -> bool {
        self.0 & (1 << (mark as u32)) != 0
    }
}

impl FromIterator<Mark> for Marks {
    fn from_iter<I: IntoIterator<Item = Mark>>(marks: I) -> Self {
        marks.into_iter().fold(Self::default(), Self::with)
    }
}

const _: () = assert!(Mark::ALL.len() <= 128, "a set of marks has 128 places");
