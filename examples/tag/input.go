package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/klauspost/compress/zstd"

	"github.com/steppe-ner/steppe/internal/lines"
)

// maxLine is the longest line of JSON Lines input, in bytes.
const maxLine = 4 << 20

// maxWindow is the most memory that a zstd file may ask for: what all decoders
// must have (RFC 8878), and zstd asks for up to level 19.
const maxWindow = 8 << 20

// open opens a source and undoes its compression. The progress sees the bytes of
// the file.
func (j *job) open(ctx context.Context, s source) (*input, error) {
	in := &input{}
	var r io.Reader
	if s.path == "-" {
		r = j.stdin
	} else {
		f, err := os.Open(s.path)
		if err != nil {
			return nil, err
		}
		in.closers = append(in.closers, f.Close)
		if r, err = steady(f); err != nil {
			in.close()
			return nil, err
		}
	}
	raw := bufio.NewReaderSize(counting{r, j.progress}, 32<<10)
	magic, _ := raw.Peek(4) // a fault comes again when it is read
	switch {
	case bytes.HasPrefix(magic, []byte{0x1F, 0x8B}):
		z, err := gzip.NewReader(raw)
		if err != nil {
			in.close()
			return nil, err
		}
		in.r = bufio.NewReaderSize(&members{raw, z}, 32<<10)
	case isZstd(magic):
		head, _ := raw.Peek(zstd.HeaderMaxSize)
		credits, ok := j.windows.take(ctx, window(head))
		if !ok {
			in.close()
			return nil, context.Cause(ctx)
		}
		in.closers = append(in.closers, func() error { j.windows.give(credits); return nil })
		z, err := zstd.NewReader(raw, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			in.close()
			return nil, err
		}
		in.closers = append(in.closers, func() error { z.Close(); return nil })
		in.r = bufio.NewReaderSize(z, 32<<10)
	default:
		in.r = raw
	}
	return in, nil
}

// isZstd reports whether a file that begins so is one of zstd, the first frame of which
// may be one to skip (RFC 8878, sections 3.1.1 and 3.1.2).
func isZstd(magic []byte) bool {
	return bytes.Equal(magic, []byte{0x28, 0xB5, 0x2F, 0xFD}) || len(magic) == 4 && magic[0]&0xF0 == 0x50 && bytes.Equal(magic[1:], []byte{0x2A, 0x4D, 0x18})
}

// window returns how much memory a zstd file asks for at its beginning.
func window(head []byte) int {
	var h zstd.Header
	if err := h.Decode(head); err != nil || h.Skippable || h.WindowSize > maxWindow {
		return maxWindow
	}
	return int(h.WindowSize)
}

// members reads the members of a gzip file, one after the other, and the zeros that may
// fill up what comes after the last, as tapes have it.
type members struct {
	raw *bufio.Reader
	z   *gzip.Reader
}

func (m *members) Read(p []byte) (int, error) {
	for {
		m.z.Multistream(false)
		n, err := m.z.Read(p)
		if n > 0 && err == io.EOF {
			return n, nil
		}
		if err != io.EOF {
			return n, err
		}
		for {
			next, err := m.raw.Peek(1)
			if err != nil {
				return 0, err
			}
			if next[0] != 0 {
				break
			}
			_, _ = m.raw.Discard(1) // it has it
		}
		if err := m.z.Reset(m.raw); err != nil {
			return 0, err
		}
	}
}

// input is a source as it is read.
type input struct {
	r       *bufio.Reader
	closers []func() error
}

func (in *input) close() {
	for i := len(in.closers) - 1; i >= 0; i-- {
		_ = in.closers[i]() // it was only read
	}
}

// text returns the text of the input, of a page the main text.
func (in *input) text(isPage bool) (io.Reader, error) {
	head, _ := in.r.Peek(8 << 10) // a fault comes again when it is read
	utf16 := bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff"))
	switch {
	case utf16 && !isPage:
		return nil, errors.New("text in UTF-16; want UTF-8")
	case !utf16 && bytes.Count(head, []byte{0}) > len(head)/100:
		return nil, errors.New("binary data, not text")
	case isPage:
		return newPage(in.r), nil
	}
	return in.r, nil
}

// counting tells the progress how much was read.
type counting struct {
	r io.Reader
	p *progress
}

func (c counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.p.add(n)
	return n, err
}

// steadyFile is a regular file that fails at its end when it was changed since it
// was opened: what was read of it may never have stood in it.
type steadyFile struct {
	*os.File
	size     int64
	modified time.Time
}

func steady(f *os.File) (io.Reader, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.IsDir() {
		return nil, errors.New("is a folder now")
	}
	if !info.Mode().IsRegular() {
		return f, nil
	}
	return &steadyFile{f, info.Size(), info.ModTime()}, nil
}

func (s *steadyFile) Read(p []byte) (int, error) {
	n, err := s.File.Read(p)
	if err == io.EOF {
		if info, statErr := s.Stat(); statErr != nil {
			err = statErr
		} else if info.Size() != s.size || !info.ModTime().Equal(s.modified) {
			err = errors.New("changed while it was read")
		}
	}
	return n, err
}

// readLines reads JSON Lines: an object with "id" and "text" a line. Blank lines
// are skipped. Faulty lines go to fail, the others to each, until one of the two
// returns false.
func readLines(r io.Reader, name string, each func(id json.RawMessage, text string, line int) bool, fail func(error) bool) error {
	n := 0
	for line, err := range lines.All(r, maxLine) {
		n++
		var fault *lines.Fault
		var object struct {
			ID   json.RawMessage `json:"id"`
			Text *string         `json:"text"`
		}
		switch {
		case errors.Is(err, lines.ErrTooLong):
			fault = &lines.Fault{Column: maxLine + 1, Why: fmt.Sprintf("a line of more than %d bytes", maxLine)}
		case err != nil:
			return err
		case len(bytes.TrimSpace(line)) == 0:
			continue
		default:
			if fault = lines.JSON(line, &object); fault == nil && object.Text == nil {
				fault = &lines.Fault{Column: 1, Why: `no "text"`}
			}
		}
		if fault != nil {
			fault.File, fault.Line = name, n
			if !fail(fault) {
				return nil
			}
			continue
		}
		if object.ID == nil {
			object.ID = json.RawMessage("null")
		}
		if !each(object.ID, *object.Text, n) {
			return nil
		}
	}
	return nil
}
