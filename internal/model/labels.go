// Package model is a linear-chain conditional random field (Lafferty, McCallum
// and Pereira, 2001, https://repository.upenn.edu/handle/20.500.14332/6188) that
// finds persons, places and organisations, known or not, in the words of a
// reading.Document.
//
// Labels are BILOU (Ratinov and Roth, 2009, https://aclanthology.org/W09-1119/).
// Only stretches of a sentence that hold a capital can hold a name; the rest is
// outside by definition, in training as in use, and costs nothing.
//
// internal/cmd/train makes the weights. They are hashed, pruned and quantised to
// four bits each.
package model

// Type is the type of a name that the model tells apart.
type Type uint8

// The types.
const (
	Person Type = iota
	Location
	Organisation
	Types = 3
)

// Label is a BILOU label: 0 outside, then for each type begin, inside, last and
// unit.
type Label uint8

// Labels is the number of labels.
const Labels = 1 + 4*Types

// Outside is the label of words outside names.
const Outside Label = 0

// Begin returns the label of the first of several words of a name.
func Begin(t Type) Label { return Label(1 + 4*t) }

// Inside returns the label of a word between the first and the last.
func Inside(t Type) Label { return Label(2 + 4*t) }

// Last returns the label of the last of several words.
func Last(t Type) Label { return Label(3 + 4*t) }

// Unit returns the label of a name of one word.
func Unit(t Type) Label { return Label(4 + 4*t) }

// closes reports whether a name cannot go on after l.
func (l Label) closes() bool { return l == Outside || (l-1)%4 >= 2 }

// opens reports whether no name can be under way before l.
func (l Label) opens() bool { return l == Outside || (l-1)%4 == 0 || (l-1)%4 == 3 }

// Follows reports whether label b may follow label a.
func Follows(a, b Label) bool {
	if a.closes() {
		return b.opens()
	}
	return !b.opens() && (a-1)/4 == (b-1)/4
}

// ends is how many labels no name is under way before, and how many none after.
const ends = 1 + 2*Types

// The labels that open and that close, in order: any of the ones may follow any of
// the others.
var openers, closers = func() (openers, closers [ends]Label) {
	i, j := 0, 0
	for l := range Label(Labels) {
		if l.opens() {
			openers[i] = l
			i++
		}
		if l.closes() {
			closers[j] = l
			j++
		}
	}
	return openers, closers
}()
