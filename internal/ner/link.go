package ner

import (
	"github.com/steppe-ner/steppe/gazetteer"
)

// people is who was named in full in a document, by the hash of the last word of the name.
type people struct{ bearers map[uint64][]bearer }

// bearer is somebody named in full.
type bearer struct {
	at int64 // byte of the document
	id gazetteer.ID
}

func newPeople() people { return people{bearers: map[uint64][]bearer{}} }

func (p *people) clear() { clear(p.bearers) }

// link sets the IDs of what was found.
func (s *Scratch) link() {
	for i := range s.found {
		c := &s.found[i]
		for _, m := range s.text.meaningsOf(c) {
			if m.Kind == c.Kind {
				c.ID, c.Country = m.ID, m.Country
				break
			}
		}
	}
}
