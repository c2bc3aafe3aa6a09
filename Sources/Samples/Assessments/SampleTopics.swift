/// What an invented victim says under each question of DASH 2009: parts that are put together with a day, a time, a place
/// and a name, so that two honest texts share no long run of words.
struct SampleTopic {
    let id: String
    let number: Int
    /// Of a hundred forms of middling gravity, how many have a yes.
    let chance: Int
    let isCritical: Bool
    /// `On Tuesday 14 March at about 9.40 pm` … `at 14 Larch Row` …
    let openings: [String]
    let endings: [String]

    init(_ number: Int, _ id: String, _ chance: Int, critical: Bool = false, _ openings: [String], _ endings: [String])
    {
        (self.number, self.id, self.chance, isCritical) = (number, id, chance, critical)
        (self.openings, self.endings) = (openings, endings)
    }

    static let whatIsFeared = "what-is-feared"
    static let children = "children"
    static let injury = "injury"
    static let strangulation = "strangulation"

    /// Follow-up sets by the question that calls for them.
    static let sets: [String: [String]] = [
        "isolation": honour, "others-threaten": honour,
        "stalking": [
            "stalking-fear", "stalking-before", "stalking-damage", "stalking-visits", "stalking-loitering",
            "stalking-threats", "stalking-third-parties", "stalking-violence", "stalking-helpers",
            "stalking-substances", "stalking-past-violence",
        ],
        children: [
            "child-there", "child-saw", "child-spoken-to", "child-said", "child-present", "child-injury",
            "child-school",
        ],
    ]

    /// Questions that take words alone.
    static let inWords: Set<String> = [
        whatIsFeared, "child-said", "child-present", "child-school", "honour-knows",
    ]

    private static let honour = [
        "honour-named", "honour-marriage", "honour-abroad", "honour-watched", "honour-papers", "honour-school",
        "honour-others-hurt", "honour-partner", "honour-self-harm", "honour-knows",
    ]

    /// Every column of an answer, in the order of the form.
    static let questions: [String] =
        all.filter { $0.number < 3 }.map(\.id) + [whatIsFeared] + all.filter { $0.number > 3 }.map(\.id)
        + (sets["stalking"] ?? []) + honour + (sets[children] ?? [])

    static let all: [SampleTopic] = [
        SampleTopic(
            1, "injury", 30,
            [
                "he struck her cheek", "her arm was twisted", "he pushed her down", "he slapped her face",
                "she was kicked hard", "her wrist was bent", "he shoved her shoulder", "an elbow hit her",
            ],
            [
                "and left a red mark", "so her lip bled", "and her knee is grazed", "leaving her arm bruised",
                "and it still aches", "so that she fell over", "and her eye is swollen", "and she needed ice",
            ]),
        SampleTopic(
            2, "fear", 45,
            [
                "she kept trembling", "she locked herself in", "she spoke in whispers", "her hands would not rest",
                "she watched the window", "she cried for long", "she asked us to stay", "she hid her keys",
            ],
            [
                "since he may come back", "because he always returns", "as he has a spare key",
                "after what he wrote today", "for he knows her shifts", "and dreads the weekend",
                "when cars pass outside", "once the street is dark",
            ]),
        SampleTopic(
            4, "isolation", 15,
            [
                "he took her phone", "he cancelled her visit", "her sister was sent off", "he blocks her friends",
                "he answers her calls", "she missed a birthday", "he reads her letters", "he sold her car",
            ],
            [
                "so family cannot ring", "and she sees nobody now", "to keep her mother out",
                "whenever friends invite her", "though her aunt asked twice", "and follows each message",
                "until relatives gave up", "since they moved here",
            ]),
        SampleTopic(
            5, "victim-low", 12, critical: true,
            [
                "she felt quite empty", "she could not sleep", "she said she is worn", "she saw her doctor",
                "she stayed in bed", "she stopped eating well", "she wept to us", "she rang a helpline",
            ],
            [
                "and has tablets for it", "most days this month", "since early last week",
                "every night this week", "as she did in spring", "after months of this",
                "and feels it daily", "more than last year",
            ]),
        SampleTopic(
            6, "separation", 30,
            [
                "she told him plainly", "she packed two bags", "she signed a lease", "he moved his things",
                "they agreed to part", "she changed the locks", "he took his post", "she saw a solicitor",
            ],
            [
                "that it is finished", "and went to her cousin", "for a flat alone",
                "and has not accepted it", "after nine years together", "to live by herself",
                "and then begged her", "about the end of it",
            ]),
        SampleTopic(
            7, "child-contact", 12,
            [
                "he came an hour early", "he refused the handover", "he shouted at collection", "he changed the plan",
                "he kept the bag", "he argued by message", "he missed the visit", "he demanded more time",
            ],
            [
                "to fetch their daughter", "over the school holidays", "about weekends with their son",
                "and blamed the court", "when contact should end", "though a date was set",
                "at the contact centre", "and the girl cried",
            ]),
        SampleTopic(
            8, "stalking", 12, critical: true,
            [
                "he rang over and over", "he sent many gifts", "his car passed slowly", "he stood by the bus",
                "he wrote from new names", "he asked her colleagues", "he came to her gym", "he left notes daily",
            ],
            [
                "as he does every day", "several times that day", "for the third time",
                "which happens each week", "twice in one hour", "as often as before",
                "many times this month", "once more this week",
            ]),
        SampleTopic(
            9, "pregnancy", 8,
            [
                "she showed her scan", "the midwife had visited", "her baby woke up", "she held the infant",
                "she fed her newborn", "the health visitor rang", "she mentioned the due date", "her cot stood there",
            ],
            [
                "of five months now", "who is ten weeks old", "born in the spring",
                "and is due by summer", "aged just one year", "and she feels sick",
                "with her first child", "while we were talking",
            ]),
        SampleTopic(
            10, "children", 40,
            [
                "her boy slept upstairs", "two girls were there", "her son came down", "the twins were awake",
                "her daughter sat by", "three small ones watched", "her teenage lad left", "the toddler played",
            ],
            [
                "and is six years old", "aged four and nine", "who goes to Quay School",
                "and their gran arrived", "in the back bedroom", "before the aunt came",
                "with a tablet on", "and seemed very quiet",
            ]),
        SampleTopic(
            11, "children-hurt", 3, critical: true,
            [
                "a plate hit the boy", "the lad was pushed", "her girl fell back", "glass cut his foot",
                "he pulled her daughter", "the door caught fingers", "her son got between", "a shoe struck him",
            ],
            [
                "and he has a bump", "so his arm is sore", "and she cried out",
                "earlier this same evening", "after the first row", "during what happened then",
                "and it bled today", "but he walks well",
            ]),
        SampleTopic(
            12, "children-threatened", 4, critical: true,
            [
                "he shouted at her son", "he told her daughter", "he screamed at both", "he said to the lad",
                "he texted the girl", "he told the twins", "he said it aloud", "he wrote to her boy",
            ],
            [
                "\"you will be next\" twice", "\"I'll put you out\" first", "that \"nobody wants you\" then",
                "\"I will find you\" again", "\"your turn comes\" and left", "\"stay out or else\" there",
                "\"you'll be sorry\" and laughed", "\"I'll burn your toys\" after",
            ]),
        SampleTopic(
            13, "frequency", 25,
            [
                "it was the third call", "she counted the rows", "her diary showed more", "she said it grows",
                "it began again then", "police came once before", "she noted each one", "the gaps got short",
            ],
            [
                "weekly instead of monthly", "twice as often now", "nearly every weekend",
                "several since the summer", "many more this year", "each payday without fail",
                "often after late shifts", "always when bills come",
            ]),
        SampleTopic(
            14, "severity", 22,
            [
                "first it was words", "he broke the table", "it was worse than", "he did not stop",
                "he hit with force", "she never saw this", "he used both hands", "it lasted an hour",
            ],
            [
                "and now it is blows", "and then came at her", "all that came before",
                "until neighbours knocked hard", "which is new to her", "and she thought of leaving",
                "where once he shouted", "and he was cold",
            ]),
        SampleTopic(
            15, "control", 28,
            [
                "he chose her clothes", "he checked her messages", "he timed her shopping", "he wanted her codes",
                "he counted the miles", "he banned the visit", "he called her work", "he asked for receipts",
            ],
            [
                "as he does each morning", "and asked who rang", "to the last minute",
                "every time she goes", "of her own car", "whenever men are there",
                "because he is jealous", "for all she buys",
            ]),
        SampleTopic(
            16, "weapons", 6, critical: true,
            [
                "he raised a bottle", "he swung a chair", "he threw an ashtray", "he held the scissors",
                "he used his belt", "he lifted a brick", "he took the pan", "he waved a screwdriver",
            ],
            [
                "and hit her arm", "which broke the lamp", "toward where she sat",
                "close to her hand", "across her back once", "and it grazed her",
                "and dented the door", "until she ran out",
            ]),
        SampleTopic(
            17, "threats-to-kill", 8, critical: true,
            [
                "he shouted to her", "he told her sister", "he wrote to her", "he said it to her",
                "he screamed at her", "he texted her mum", "he whispered to her", "he told her friend",
            ],
            [
                "\"I will kill you\" twice", "\"I'll kill you\" and spat", "that \"I will kill you\" again",
                "\"I'll kill you tonight\" then", "\"I will kill you first\" there", "\"I'll kill you all\" and left",
                "\"I will kill you both\" then", "\"I'll kill you slowly\" once",
            ]),
        SampleTopic(
            18, "strangulation", 6, critical: true,
            [
                "he grabbed her throat", "he strangled her briefly", "his hands squeezed hard", "he choked her once",
                "he pressed her neck", "he gripped her throat", "his arm closed round", "he held her throat",
            ],
            [
                "until her breath went", "and her voice is hoarse", "so her neck is marked",
                "and she felt dizzy", "and she nearly fainted", "and swallowing hurts her",
                "and things went black", "and breathing was hard",
            ]),
        SampleTopic(
            19, "sexual", 5, critical: true,
            [
                "he touched her roughly", "he ignored her refusal", "he insisted in bed", "he pinned her down",
                "he would not accept", "he pulled her clothes", "he hurt her then", "he woke her up",
            ],
            [
                "though she said stop", "and she froze then", "when she was asleep",
                "and told her duty", "until she wept quietly", "and laughed at her",
                "and she feels ashamed", "as it went on",
            ]),
        SampleTopic(
            20, "others-threaten", 8,
            [
                "his brother rang her", "his uncle came round", "his mate sent texts", "his mother shouted",
                "two cousins waited", "his sister wrote", "his father warned her", "a workmate called",
            ],
            [
                "and told her to drop it", "with words about her job", "saying she brings shame",
                "and named her street", "that she would regret", "and swore at her",
                "to make her return", "about the court date",
            ]),
        SampleTopic(
            21, "harm-to-others", 10,
            [
                "he hit her cousin", "he shoved a neighbour", "he fought his brother", "he struck the barman",
                "he pushed her dad", "he attacked a friend", "he punched her mate", "he tripped a colleague",
            ],
            [
                "who came to help", "over the parking space", "in front of guests",
                "and police were called", "when asked to leave", "who needed a stitch",
                "after a short quarrel", "for speaking with her",
            ]),
        SampleTopic(
            22, "animals", 4,
            [
                "he struck her spaniel", "he locked the terrier", "he threw the rabbit", "he starved her parrot",
                "he dragged the puppy", "he shook the kitten", "he put her pony", "he stamped near it",
            ],
            [
                "to make her beg", "out in the rain", "because it barked",
                "and it limps now", "while she was out", "until she gave in",
                "and laughed about it", "as the vet noted",
            ]),
        SampleTopic(
            23, "money", 25,
            [
                "he took her wages", "he emptied the account", "he opened a loan", "he hid the bills",
                "he sold her ring", "he kept the benefit", "he spent the rent", "he lost his job",
            ],
            [
                "and gives her ten pounds", "the day she was paid", "in her own name",
                "so heating was cut", "for debts he made", "and she borrows food",
                "on betting that week", "and blames her for it",
            ]),
        SampleTopic(
            24, "substances-mental-health", 35,
            [
                "he had drunk all day", "he smelt of spirits", "he used cocaine", "he missed his tablets",
                "he smoked cannabis", "he drank six cans", "he saw the crisis team", "he was very low",
            ],
            [
                "and could hardly stand", "as on most weekends", "before the row began",
                "and heard voices then", "and would not rest", "then became angry",
                "who know him well", "after his mother died",
            ]),
        SampleTopic(
            25, "perpetrator-suicide", 8, critical: true,
            [
                "he told her then", "he texted her twice", "he shouted it out", "he wrote it down",
                "he said it calmly", "he told his mum", "he sent a message", "he said on leaving",
            ],
            [
                "\"I'll hang myself\" and wept", "\"I will kill myself\" again", "that \"I end it now\" there",
                "\"I'll take an overdose\" once", "\"you won't see me\" and went", "\"it ends for me\" then",
                "\"I'll be gone soon\" after", "\"I can't go on\" and cried",
            ]),
        SampleTopic(
            26, "breach", 8, critical: true,
            [
                "he came despite bail", "he rang against his bail", "he broke the injunction", "he ignored his licence",
                "he wrote under bail", "he entered against bail", "he crossed the bail line",
                "he sent word despite bail",
            ],
            [
                "which forbids any contact", "set by the court", "made earlier this year",
                "as he did before", "and she kept it", "that runs to summer",
                "and knew he did", "of the bail conditions",
            ]),
        SampleTopic(
            27, "criminal-history", 25,
            [
                "checks were made", "she told us plainly", "his record was read", "intelligence was seen",
                "his name was run", "the log was read", "a colleague looked up", "custody told us",
            ],
            [
                "and show an assault", "he served eight months", "with two cautions there",
                "for a fight in town", "and a public order fine", "from a former partner",
                "for damage to a car", "and one for theft",
            ]),
    ]
}
