package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"hash/fnv"

	"github.com/apache/beam/sdks/v2/go/pkg/beam"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/io/filesystem"
	"github.com/apache/beam/sdks/v2/go/pkg/beam/register"
)

func init() {
	register.DoFn3x1[context.Context, string, func(int, []byte), error](&packFn{})
	register.DoFn3x1[context.Context, int, func(*[]byte) bool, error](&writeFn{})
	register.Emitter2[int, []byte]()
	register.Iter1[[]byte]()
}

// Output says where results go: to files of the names PREFIX-00000-of-00004.ENDING.gz.
type Output struct {
	Prefix, Ending string
	Shards         int
	Head, Tail     []byte // of each file
}

// Write writes results to the files of an Output. Of one for which nothing comes there is
// none. What a worker has is compressed in blocks before it is shuffled to the files: a
// gzip file may consist of several. So which results are in which file, and in which
// order, is another each time; what is in all of them is the same.
func Write(s beam.Scope, o Output, results beam.PCollection) {
	s = s.Scope("Write")
	blocks := beam.ParDo(s, &packFn{Shards: o.Shards}, results)
	beam.ParDo0(s, &writeFn{o}, beam.GroupByKey(s, blocks))
}

// blockBytes are compressed at once.
const blockBytes = 1 << 20

type packFn struct {
	Shards int

	block []byte
}

// StartBundle begins a block, for what is left of a bundle that failed is done again.
func (f *packFn) StartBundle(func(int, []byte)) { f.block = f.block[:0] }

func (f *packFn) ProcessElement(_ context.Context, result string, emit func(int, []byte)) error {
	f.block = append(f.block, result...)
	if len(f.block) < blockBytes {
		return nil
	}
	return f.pack(emit)
}

// FinishBundle sends off what is left.
func (f *packFn) FinishBundle(emit func(int, []byte)) error {
	if len(f.block) == 0 {
		return nil
	}
	return f.pack(emit)
}

func (f *packFn) pack(emit func(int, []byte)) error {
	h := fnv.New32a()
	_, _ = h.Write(f.block) // it cannot fail
	packed, err := compressed(f.block)
	if err != nil {
		return err
	}
	f.block = f.block[:0]
	emit(int(h.Sum32()%uint32(f.Shards)), packed)
	return nil
}

func compressed(data []byte) ([]byte, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, err := z.Write(data)
	err = errors.Join(err, z.Close())
	return b.Bytes(), err
}

type writeFn struct{ Output Output }

func (f *writeFn) ProcessElement(ctx context.Context, shard int, blocks func(*[]byte) bool) (err error) {
	o := f.Output
	fs, err := filesystem.New(ctx, o.Prefix)
	if err != nil {
		return err
	}
	defer fs.Close()
	file, err := fs.OpenWrite(ctx, fmt.Sprintf("%s-%05d-of-%05d.%s.gz", o.Prefix, shard, o.Shards, o.Ending))
	if err != nil {
		return err
	}
	write := func(data []byte) {
		if err == nil {
			_, err = file.Write(data)
		}
	}
	frame := func(data []byte) {
		if packed, e := compressed(data); e != nil {
			err = errors.Join(err, e)
		} else if len(data) > 0 {
			write(packed)
		}
	}
	frame(o.Head)
	var block []byte
	for err == nil && blocks(&block) {
		write(block)
	}
	frame(o.Tail)
	return errors.Join(err, file.Close())
}
