package model

import "github.com/steppe-ner/steppe/internal/hashing"

// weigh adds up the weights of the features of word k of the document.
func (m *Model) weigh(k int32, s *Scratch) sums {
	v := s.window(k)
	features := v.appendSingle(s.buf[:0])
	single := len(features)
	// The sums of the other groups are made after those that are kept have been added:
	// by then all that they want from memory is under way.
	var (
		a    sums
		made [groups]struct {
			kept *keptSum
			key  uint64
			end  int // of the group's features
		}
		n int
	)
	for g, key := range v.keys() {
		kept := &s.kept[key%keptSums]
		if kept.is(key) {
			a.add((*sums)(kept))
			continue
		}
		features = v.appendGroup(features, group(g))
		made[n].kept, made[n].key, made[n].end = kept, key, len(features)
		n++
	}
	m.fetch(features, &s.slots)
	sum := m.sum(features[:single], s.slots[:single])
	a.add(&sum)
	from := single
	for _, g := range made[:n] {
		sum = m.sum(features[from:g.end], s.slots[from:g.end])
		g.kept.set(g.key, sum)
		a.add(&sum)
		from = g.end
	}
	return a
}

// keptSums is how many sums of groups are kept.
const keptSums = 1 << 12

// keptSum is the sum of a group's weights, with 48 more bits of the hash that it is
// found by in the lanes that no label needs. The zero value is right for the hash 0,
// that of a group without features.
type keptSum sums

func (s *keptSum) is(key uint64) bool {
	return s[1]>>48 == key>>16&0xFFFF && s[2]>>48 == key>>32&0xFFFF && s[3]>>48 == key>>48
}

// set makes s the sum a.
func (s *keptSum) set(key uint64, a sums) {
	s[0] = a[0]
	for k := 1; k < len(a); k++ {
		s[k] = a[k]&(1<<48-1) | key>>(16*k)<<48
	}
}

// fetch sets slots to where the searches for features begin. It looks at nothing else,
// so that all the memory wanted is under way at once.
func (m *Model) fetch(features []uint64, slots *[MaxFeatures]slot) {
	for i, h := range features[:min(len(features), len(slots))] {
		slots[i] = m.at(hashing.Home(h, len(m.slots)))
	}
}

// sum adds up the weights of features, whose searches begin at slots.
func (m *Model) sum(features []uint64, slots []slot) sums {
	slots = slots[:len(features)]
	var a0, a1, a2, a3 slot
	for i, h := range features {
		s := slots[i]
		if has, want := s>>tellBits, tell(h); has != want {
			if has < want {
				continue
			}
			s = m.next(h)
		}
		shift := s >> shiftBits & 3
		a0 += s & fourths << shift
		a1 += s >> 4 & fourths << shift
		a2 += s >> 8 & fourths << shift
		a3 += s >> 12 & fourths << shift
	}
	return sums{uint64(a0), uint64(a1), uint64(a2), uint64(a3)}
}

// next returns the slot of a feature that is not in the first one of its search, a free
// one when it has none.
func (m *Model) next(hash uint64) slot {
	want := tell(hash)
	for i := hashing.Home(hash, len(m.slots)); ; {
		i = hashing.Next(i, len(m.slots))
		if s := m.at(i); s>>tellBits <= want {
			if s>>tellBits < want {
				return 0
			}
			return s
		}
	}
}

// sums adds up rows: label l is in lane l/4 of word l%4. Lanes have 16 bits, which
// MaxFeatures rows cannot overflow. Of the last lanes only that of word 0 means
// anything.
type sums [4]uint64

const fourths = 0x000F000F000F000F

// add adds the rows that b has added up.
func (a *sums) add(b *sums) {
	for k := range a {
		a[k] += b[k]
	}
}

// of returns the sum of the weights of label l, in steps of scale.
func (a *sums) of(l int) int { return int(a[l%4] >> (l / 4 * 16) & 0xFFFF) }
