package hashing

// Table holds values by hash, for as many hashes as Reset has made room for. The zero
// Table has room for none, and is not to be asked. The lowest bit of a hash does not count.
type Table[V any] struct {
	slots []entry[V]
	mask  uint64
}

// entry is a slot of a table: a key of 0 stands for a free one.
type entry[V any] struct {
	key   uint64
	value V
}

// Reset empties the table and makes room for n hashes.
func (t *Table[V]) Reset(n int) {
	size := 16
	for size < 2*n {
		size *= 2
	}
	if cap(t.slots) < size {
		t.slots = make([]entry[V], size)
	}
	t.slots = t.slots[:size]
	clear(t.slots)
	t.mask = uint64(size - 1)
}

// place returns where a hash is, or would be.
func (t *Table[V]) place(hash uint64) *entry[V] {
	key := hash | 1
	for i := hash >> 8; ; i++ {
		if e := &t.slots[i&t.mask]; e.key == key || e.key == 0 {
			return e
		}
	}
}

// Put adds a hash, if it is not there, and returns its value, to be changed.
func (t *Table[V]) Put(hash uint64) *V {
	e := t.place(hash)
	e.key = hash | 1
	return &e.value
}

// Find returns the value of a hash, to be changed; nil when it is not there.
func (t *Table[V]) Find(hash uint64) *V {
	e := t.place(hash)
	if e.key == 0 {
		return nil
	}
	return &e.value
}

// Get returns the value of a hash, the zero value when it is not there.
func (t *Table[V]) Get(hash uint64) V { return t.place(hash).value }
