package token

// Mark is a bit set of what a punctuation mark may do.
type Mark uint8

const (
	DoubleQuote Mark = 1 << iota // a quotation mark that stands for ", whatever its form
	SingleQuote                  // one that stands for '
	Opens                        // a sentence or a row may begin after it
	Closes                       // it closes a quotation or a bracket

	Quotes = DoubleQuote | SingleQuote
)

// MarkOf returns what a word may do that is a mark, 0 for any other. Bytes that are not
// UTF-8 are those of Windows-1252.
func MarkOf(word string) Mark {
	switch word {
	case `"`:
		return DoubleQuote | Opens | Closes
	case "“", "„", "«", "\x93":
		return DoubleQuote | Opens
	case "”", "»", "''", "\x94":
		return DoubleQuote | Closes
	case "``":
		return DoubleQuote
	case "'":
		return SingleQuote | Opens | Closes
	case "‘", "‛", "\x91":
		return SingleQuote | Opens
	case "’", "\x92":
		return SingleQuote | Closes
	case ":", "(", "-", "--", "–", "—", "•", "*":
		return Opens
	case ")", "]":
		return Closes
	}
	return 0
}

// Straight returns the straight form of a quotation mark, and any other word as it is.
func Straight(word string) string {
	switch m := MarkOf(word); {
	case m&DoubleQuote != 0:
		return `"`
	case m&SingleQuote != 0:
		return "'"
	}
	return word
}
