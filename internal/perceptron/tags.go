package perceptron

import "fmt"

// Class is a part-of-speech tag.
type Class uint8

// tags are the classes of the model in byte order, then the tags that prose's
// rules give, then the contexts before a sentence.
var tags = [...]string{"#", "$", "''", "(", ")", ",", ".", ":", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD",
	"NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG",
	"VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "``", "-", "-NONE-", "-*-", "-START-", "-START2-"}

// ModelClasses is the number of classes that the model chooses from, the first
// ones of all.
const ModelClasses = 45

// The classes that rules give.
const (
	hyphen Class = ModelClasses + iota
	none
	// Itself stands for a word like -LRB-, which prose tags with the word itself.
	Itself
	start
	start2
)

// String returns the Penn Treebank tag.
func (c Class) String() string {
	if int(c) >= len(tags) {
		return fmt.Sprintf("Class(%d)", uint8(c))
	}
	return tags[c]
}

// ClassOf returns the class of a tag.
func ClassOf(tag string) (Class, bool) {
	for c, t := range tags[:start] {
		if t == tag {
			return Class(c), true
		}
	}
	return 0, false
}
