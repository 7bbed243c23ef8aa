package entity

import (
	"context"
	"io"
	"iter"

	"github.com/steppe-ner/steppe/internal/token"
)

// maxEmptyReads is how many reads in a row may give neither bytes nor an error.
const maxEmptyReads = 100

// cut walks all that r holds in parts, which nobody has tagged yet.
func cut(ctx context.Context, r io.Reader) iter.Seq2[Part, error] {
	return func(yield func(Part, error) bool) {
		buf := make([]byte, 0, token.CutBytes+1)
		start, empty := 0, 0
		for eof := false; !eof || len(buf) > 0; {
			for !eof && len(buf) <= token.CutBytes {
				if err := ctx.Err(); err != nil {
					yield(Part{}, err)
					return
				}
				n, err := r.Read(buf[len(buf) : token.CutBytes+1])
				buf = buf[:len(buf)+n]
				if empty++; n > 0 {
					empty = 0
				}
				if err == nil && empty == maxEmptyReads {
					err = io.ErrNoProgress
				}
				if err == io.EOF { // another error may wrap it
					eof = true
				} else if err != nil {
					yield(Part{}, err)
					return
				}
			}
			if err := ctx.Err(); err != nil {
				yield(Part{}, err)
				return
			}
			if len(buf) == 0 {
				return
			}
			// The text of entities outlives the buffer, so each part is a copy.
			part := string(buf)
			part = part[:token.Cut(part)]
			if !yield(Part{Start: start, Text: part}, nil) {
				return
			}
			start += len(part)
			buf = buf[:copy(buf, buf[len(part):])]
		}
	}
}
