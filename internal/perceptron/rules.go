package perceptron

import (
	"regexp"
	"strings"
	"sync"
)

var nn, _ = ClassOf("NN")

// byRule tags the words that need no look at the tables.
func byRule(w string) (Class, bool) {
	switch w {
	case "":
		return nn, true
	case "-":
		return hyphen, true
	}
	return 0, false
}

// linkRegexp and emailRegexp are the expressions with which prose knows links
// and e-mail addresses (github.com/mingrammer/commonregex v1.0.1, MIT Licence).
// They are compiled when a word first looks like one.
var (
	linkRegexp = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?:(?:https?:\/\/)?(?:[a-z0-9.\-]+|www|[a-z0-9.\-])[.](?:[^\s()<>]+|\((?:[^\s()<>]+|(?:\([^\s()<>]+\)))*\))+(?:\((?:[^\s()<>]+|(?:\([^\s()<>]+\)))*\)|[^\s!()\[\]{};:\'".,<>?]))`)
	})
	emailRegexp = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?i)([A-Za-z0-9!#$%&'*+\/=?^_{|.}~-]+@(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)`)
	})
)

// maxRuleBytes bounds the words that are compared with the expressions: a word
// longer than any address is none, and costs nothing.
const maxRuleBytes = 4096

// isLink reports whether prose takes w for a link: a full stop after a letter,
// digit, full stop or hyphen, and something after it.
func isLink(w string) bool {
	i := strings.IndexByte(w, '.')
	if i < 0 || len(w) < 4 || len(w) > maxRuleBytes {
		return false
	}
	for ; i >= 0 && i+2 < len(w); i++ {
		if w[i] == '.' && i > 0 {
			if c := w[i-1]; 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '.' || c == '-' {
				return linkRegexp().MatchString(w)
			}
		}
	}
	return false
}

// isEmail reports whether prose takes w for an e-mail address.
func isEmail(w string) bool {
	i := strings.IndexByte(w, '@')
	return i > 0 && len(w) <= maxRuleBytes && strings.IndexByte(w[i:], '.') > 0 && emailRegexp().MatchString(w)
}

// isTrace reports whether w is one of the Penn Treebank's empty elements:
// 0, *, *x*, *-1, *T*-1.
func isTrace(w string) bool {
	if w == "0" || w == "*" {
		return true
	}
	if w[0] != '*' {
		return false
	}
	rest := w[1:]
	if n := strings.IndexByte(rest, '*'); n >= 0 {
		if n == 1 && len(rest) == 2 && (isUpper(rest[:1]) || rest[0] >= 'a' && rest[0] <= 'z' || rest[0] >= '0' && rest[0] <= '9' || rest[0] == '_' || rest[0] == '?') {
			return true
		}
		if n == 0 || !isUpper(rest[:n]) {
			return false
		}
		rest = rest[n+1:]
	}
	if len(rest) < 2 || len(rest) > 4 || rest[0] != '-' {
		return false
	}
	for i := 1; i < len(rest); i++ {
		if rest[i] < '0' || rest[i] > '9' {
			return false
		}
	}
	return true
}

// isUpper reports whether s is ASCII capitals only.
func isUpper(s string) bool {
	for i := range len(s) {
		if s[i] < 'A' || s[i] > 'Z' {
			return false
		}
	}
	return true
}
