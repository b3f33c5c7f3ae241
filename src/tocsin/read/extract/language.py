"""Which language a text is in, by its script and its commonest words; "und" where neither decides."""

from __future__ import annotations

import re
from collections import Counter

# The commonest function words of each language, shared ones left out of none: the count decides, not a single word.
_STOP_WORDS = {
    "en": "the of and to in is that for on with as by are was were from this which have has their its not be an it at",
    "de": "der die das und ist nicht von mit den des dem ein eine zu im auf für sich auch als bei nach wurde werden",
    "fr": "le la les des et est une dans que pour qui sur par pas au du avec sont ont ses cette plus aux été ces leur",
    "es": "el la los las de que y en un una por con para del se es no al como más su sus fue entre ha han esta",
    "it": "il lo la gli che di e un una per con del della dei non sono nel alla più come da si è stato delle anche",
    "pt": "o a os as de que e em um uma por com para do da dos das não se na no ao como mais foi são pelo pela",
    "nl": "de het een en van in is dat op te voor met zijn niet aan door ook bij naar werd wordt deze die uit om",
    "pl": "i w na z do się nie jest że oraz przez od dla po jak to są został przy także ich jego które który",
    "sv": "och att det som en på är av för med den till har inte om ett från men var sig så vid även",
    "tr": "ve bir bu için ile olarak da de olan tarafından gibi daha çok sonra kadar ancak ise ya en her",
    "ru": "и в на с по не что для от из к как это был были также а о за при или его их он она",
    "uk": "і в на з та що не до для від як це за у був були також про або його їх який які є",
    "bg": "и на в за от се с да не по е като са до че при беше който които това",
    "fa": "و در به از که این را با است برای آن یک خود تا بر های شده می شد",
    "ar": "في من على إلى أن عن مع التي الذي هذا هذه كان بين ما لا كما بعد قد أو",
    "ur": "کے کی میں ہے کا اور سے کو نے پر یہ کہ اس ہیں تھا بھی",
    "he": "של את על לא הוא זה עם כי גם היא או אל יותר",
}
_OF_WORD: dict[str, list[str]] = {}
for _language, _words in _STOP_WORDS.items():
    for _word in _words.split():
        _OF_WORD.setdefault(_word, []).append(_language)

_SCRIPTS = {
    "ja": re.compile("[\u3040-\u30ff]"),
    "ko": re.compile("[\uac00-\ud7af\u1100-\u11ff]"),
    "zh": re.compile("[\u4e00-\u9fff\u3400-\u4dbf]"),
    "el": re.compile("[\u0370-\u03ff]"),
    "hi": re.compile("[\u0900-\u097f]"),
    "th": re.compile("[\u0e00-\u0e7f]"),
    "ka": re.compile("[\u10a0-\u10ff]"),
    "hy": re.compile("[\u0530-\u058f]"),
}
_WORDS = re.compile(r"[^\W\d_]+")
_SAMPLE = 6000  # characters; more does not change the answer


def language_of(text: str) -> str:
    """BCP 47 tag of the language, or "und"."""
    sample = text[:_SAMPLE]
    letters = sum(map(str.isalpha, sample)) or 1
    if not sample.isascii():
        counts = {tag: len(pattern.findall(sample)) for tag, pattern in _SCRIPTS.items()}
        # A Japanese text has Han characters too; a tenth of kana among them tells.
        if counts["ja"] * 10 > counts["zh"] + counts["ja"] and (counts["ja"] + counts["zh"]) * 3 > letters:
            return "ja"
        tag, count = max(counts.items(), key=lambda item: item[1])
        # A Han character is a word or half a one, a Latin letter a fifth: names in Latin letters outweigh by length.
        if tag != "ja" and count * (3 if tag == "zh" else 2) > letters:
            return tag
    words = _WORDS.findall(sample.lower())
    scores: Counter[str] = Counter()
    for word in words:
        for language in _OF_WORD.get(word, ()):
            scores[language] += 1
    ranked = scores.most_common(2)
    if not ranked or ranked[0][1] < 2 or ranked[0][1] * 25 < len(words):
        return "und"
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return "und"
    return ranked[0][0]
