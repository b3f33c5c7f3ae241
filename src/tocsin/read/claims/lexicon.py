"""The words of the field: authorities, what they do, hedges, negations, measures and the words that point back."""

from __future__ import annotations

import re

from tocsin.read.claims.anycase import lowered

AUTHORITY_NAMES = {
    "EU": "European Union",
    "US": "United States",
    "UK": "United Kingdom",
    "UN": "United Nations",
    "CA": "Canada",
    "AU": "Australia",
    "NZ": "New Zealand",
    "JP": "Japan",
    "CH": "Switzerland",
    "KR": "South Korea",
    "UA": "Ukraine",
}

# Words → authority; the longest wins. "European Council" is said where the Council of the EU is meant.
AUTHORITY_WORDS = {
    "EU": "european union|council of the european union|council of the eu|european council|european commission|eu council"
    "|eu member states|eu ministers|eu foreign ministers|brussels|the council|the bloc|the 27-nation bloc|the union|eu|the 27",
    "US": "united states|united states of america|u.s. treasury department|u.s. treasury|us treasury|american treasury|treasury department"
    "|department of the treasury|u.s. department of the treasury|us department of the treasury|office of foreign assets control|ofac"
    "|the treasury|treasury|state department|u.s. state department|department of state|washington|u.s. government|us government"
    "|american government|biden administration|trump administration|white house|americans|the americans|u.s.|us|usa|u.s.a.|the u.s",
    "UK": "united kingdom|u.k.|uk|great britain|britain|british government|uk government|foreign office|fcdo|hm treasury|ofsi"
    "|foreign, commonwealth and development office|foreign, commonwealth & development office"
    "|office of financial sanctions implementation|london|whitehall|uk foreign office",
    "UN": "united nations|un security council|security council|u.n.|the un",
    "CA": "canada|ottawa|global affairs canada|canadian government",
    "AU": "australia|canberra|australian government",
    "NZ": "new zealand|wellington",
    "JP": "japan|tokyo|japanese government",
    "CH": "switzerland|seco|bern|swiss government",
    "KR": "south korea|seoul|south korean government",
    "UA": "ukraine|kyiv",
}
AUTHORITY_ADJECTIVES = {
    "european": "EU",
    "american": "US",
    "british": "UK",
    "australian": "AU",
    "canadian": "CA",
    "japanese": "JP",
    "swiss": "CH",
}
PROSECUTORS = (
    "justice department|department of justice|u.s. department of justice|doj|u.s. justice department|us justice department"
    "|federal prosecutors|u.s. prosecutors|us prosecutors|american prosecutors|prosecutors|grand jury|federal grand jury|a grand jury"
    "|southern district of new york|u.s. attorney's office|fbi"
)

# ICD 203 (2015), section D.6.e.(2).(a): the seven steps of likelihood.
HEDGES = (
    (re.compile(r"\b(?:almost certain(?:ly)?|virtually certain|nearly certain)\b", re.I), "almost certain"),
    (re.compile(r"\b(?:very likely|highly likely|most likely|most probably|highly probable)\b", re.I), "very likely"),
    (re.compile(r"\b(?:very unlikely|highly improbable)\b", re.I), "very unlikely"),
    (re.compile(r"\b(?:unlikely|improbable|doubtful)\b", re.I), "unlikely"),
    (
        re.compile(
            r"\b(?:likely|probabl[ey]|believed|thought to|reportedly|allegedly|alleged|suspected|presumably|apparently|appears? to|seems? to"
            r"|assess(?:ed|es)? (?:that|to|with)|is assessed|are assessed|said to|rumou?red|purportedly|understood to|supposed(?:ly)?"
            r"|claims? this agency could not verify|could not verify|unconfirmed|suggested)\b",
            re.I,
        ),
        "likely",
    ),
    (
        re.compile(
            r"\b(?:may(?! \d| not\b| no longer)|might|could|possibl[ey]|perhaps|potentially|conceivably)\b(?! (?:not )?verify)"
        ),
        "roughly even chance",
    ),
)

NEGATION = lowered(
    r"\b(?:not|never|neither|nor|no longer|none of|n['’]t|without|nobody|escaped|spared|yet to|refused|declined to|stopped short of"
    r"|no evidence|no (?:\w+ ){0,3}(?:has|have|had|was|were|is|are)|(?:has|have) no|absent from|missing from|remains? off|outside)\b|\w+n['’]t\b",
)

MEASURES = (
    (
        "asset freeze",
        re.compile(
            r"\b(?:asset[- ]freezes?|(?:freez(?:e|es|ing)|froze|frozen|blocks?|blocked|blocking) (?:of |all |any |the |their |its |his |both |both'?s |the company'?s |the firm'?s |\w+'s |\w+’s )*(?:assets|property|properties|funds|accounts)|assets? (?:\w+ ){0,8}?(?:is |are |were |was |be |been )?(?:now )?(?:frozen|blocked)|propert(?:y|ies) (?:[\w']+ ){0,10}?(?:is|are|were|was|be) (?:now )?(?:frozen|blocked)|subject to (?:an )?asset freez\w+|freezing (?:of )?assets|restrict financial operations)\b",
            re.I,
        ),
    ),
    (
        "no funds or economic resources",
        re.compile(
            r"\b(?:(?:mak\w+|provid\w+) (?:any )?(?:funds|economic resources|money)(?: or economic resources)? available|no funds|forb\w+ (?:\w+ ){0,8}?(?:from )?(?:mak|provid)\w+ (?:\w+ ){0,3}?(?:funds|money|resources)|prohibit\w* (?:\w+ ){0,8}?(?:from )?(?:doing business|dealing|transact\w+|providing funds|making funds available)|(?:barred|banned|prohibit\w*|forbidden) (?:\w+ ){0,4}?from (?:doing|conducting) business|funds available)\b",
            re.I,
        ),
    ),
    (
        "travel ban",
        re.compile(
            r"\b(?:travel[- ]bans?|entry[- ]bans?|visa bans?|bans? on (?:travel|entry)|(?:bann?e?d?|bans?|barr?e?d?|bars?|barring|prohibit\w*|forbid\w*|forbad\w*|prevent\w*|kept?|keep) (?:[\w'’]+ ){0,6}?(?:from )?(?:travel\w*|enter\w*|out of|transit\w*)|(?:no longer|not|nor) (?:travel|enter)\b|restrict(?:s|ing|ed)? (?:financial operations and )?travel|travel (?:to|into|restrictions?)|entering the (?:union|eu|united states|country|uk|bloc|united kingdom)|may no longer travel|denied entry|refused entry|visa restrictions)\b",
            re.I,
        ),
    ),
    (
        "director disqualification",
        re.compile(
            r"\b(?:director disqualification|disqualified (?:from|as) (?:being |acting as )?(?:a )?(?:company )?directors?)\b",
            re.I,
        ),
    ),
    ("trust services", re.compile(r"\btrust services sanctions\b", re.I)),
)

# Words that point back, by what they can point to.
COMPANY_WORDS = "company|firm|trading house|house|trader|contractor|business|enterprise|entity|supplier|vendor|institute|developer|software house|front company|startup|start-up|outfit"
GROUP_WORDS = "group|gang|crew|actor|threat actor|collective|hackers|intruders|attackers|operators|adversary|unit|directorate|ministry|command|bureau|agency|centre|department|cluster|hacking group|hacking crew|espionage group|apt|team"
PERSON_WORDS = (
    "man|hacker|officer|executive|official|founder|engineer|defendant|programmer|national|individual|minister"
)

ACTOR_HEADS = (
    r"(?:state[- ](?:sponsored|backed|linked|aligned|affiliated|directed)\s+)?(?:cyber[- ]?\s*)?(?:espionage\s+)?(?:apt\s+)?(?:threat\s+|hacking\s+|intrusion\s+)?"
    r"(?:actors|groups|hackers|operators|adversaries|teams|crews|units|apts|campaigns|intruders|operations|spies|cyberspies)"
)
ENTITY_HEADS = (
    r"(?:companies|company|firms?|entit(?:y|ies)|organi[sz]ations?|contractors?|businesses|individuals?|persons?|people|nationals?|men|women"
    r"|hackers|officers?|officials?|executives?|citizens?|employees|members|suppliers|spies)"
)
