package plain

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// entities are the characters that HTML has names for and that news writes, by name. Package
// html knows all 2,231 of them, which programs that import the tagger are spared.
var entities = map[string]rune{
	"nbsp": 0xA0, "amp": 0x26, "lt": 0x3C, "gt": 0x3E, "quot": 0x22, "apos": 0x27, "rsquo": 0x2019,
	"lsquo": 0x2018, "ldquo": 0x201C, "rdquo": 0x201D, "sbquo": 0x201A, "bdquo": 0x201E, "laquo": 0xAB,
	"raquo": 0xBB, "ndash": 0x2013, "mdash": 0x2014, "hellip": 0x2026, "shy": 0xAD, "zwnj": 0x200C, "zwj": 0x200D,
	"lrm": 0x200E, "rlm": 0x200F, "ensp": 0x2002, "emsp": 0x2003, "thinsp": 0x2009, "middot": 0xB7,
	"bull": 0x2022, "deg": 0xB0, "copy": 0xA9, "reg": 0xAE, "trade": 0x2122, "euro": 0x20AC, "pound": 0xA3,
	"yen": 0xA5, "sect": 0xA7, "para": 0xB6, "times": 0xD7, "minus": 0x2212, "prime": 0x2032, "Prime": 0x2033,
	"numero": 0x2116, "Agrave": 0xC0, "Aacute": 0xC1, "Acirc": 0xC2, "Atilde": 0xC3, "Auml": 0xC4, "Aring": 0xC5,
	"AElig": 0xC6, "Ccedil": 0xC7, "Egrave": 0xC8, "Eacute": 0xC9, "Ecirc": 0xCA, "Euml": 0xCB, "Igrave": 0xCC,
	"Iacute": 0xCD, "Icirc": 0xCE, "Iuml": 0xCF, "ETH": 0xD0, "Ntilde": 0xD1, "Ograve": 0xD2, "Oacute": 0xD3,
	"Ocirc": 0xD4, "Otilde": 0xD5, "Ouml": 0xD6, "Oslash": 0xD8, "Ugrave": 0xD9, "Uacute": 0xDA, "Ucirc": 0xDB,
	"Uuml": 0xDC, "Yacute": 0xDD, "THORN": 0xDE, "szlig": 0xDF, "agrave": 0xE0, "aacute": 0xE1, "acirc": 0xE2,
	"atilde": 0xE3, "auml": 0xE4, "aring": 0xE5, "aelig": 0xE6, "ccedil": 0xE7, "egrave": 0xE8, "eacute": 0xE9,
	"ecirc": 0xEA, "euml": 0xEB, "igrave": 0xEC, "iacute": 0xED, "icirc": 0xEE, "iuml": 0xEF, "eth": 0xF0,
	"ntilde": 0xF1, "ograve": 0xF2, "oacute": 0xF3, "ocirc": 0xF4, "otilde": 0xF5, "ouml": 0xF6, "oslash": 0xF8,
	"ugrave": 0xF9, "uacute": 0xFA, "ucirc": 0xFB, "uuml": 0xFC, "yacute": 0xFD, "thorn": 0xFE, "yuml": 0xFF,
	"Scaron": 0x160, "scaron": 0x161, "Zcaron": 0x17D, "zcaron": 0x17E, "Ccaron": 0x10C, "ccaron": 0x10D,
	"OElig": 0x152, "oelig": 0x153, "Yuml": 0x178, "inodot": 0x131, "imath": 0x131, "Gbreve": 0x11E,
	"gbreve": 0x11F, "Scedil": 0x15E, "scedil": 0x15F, "Idot": 0x130, "lstrok": 0x142, "Lstrok": 0x141,
}

// windows1252 are the characters that numbers of 0x80 to 0x9F are meant for in HTML
// (https://html.spec.whatwg.org/multipage/parsing.html#numeric-character-reference-end-state).
var windows1252 = [...]rune{
	0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D, 0x17D, 0x8F,
	0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0x9D, 0x17E, 0x178,
}

// unescaped returns the character that an HTML entity such as &amp; or &#39; stands for, the
// entity itself when that is not known.
func unescaped(entity string) string {
	name := strings.TrimSuffix(strings.TrimPrefix(entity, "&"), ";")
	number, isNumber := strings.CutPrefix(name, "#")
	if !isNumber {
		if r, ok := entities[name]; ok {
			return string(r)
		}
		return entity
	}
	base := 10
	if hex := strings.TrimLeft(number, "xX"); len(hex) == len(number)-1 {
		number, base = hex, 16
	}
	n, err := strconv.ParseUint(number, base, 32)
	switch {
	case err != nil:
		return entity
	case 0x80 <= n && n < 0xA0:
		return string(windows1252[n-0x80])
	case n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)):
		return "\ufffd"
	}
	return string(rune(n))
}
