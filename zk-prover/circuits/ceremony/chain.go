package ceremony

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"bulwark.io/circuits/refusal"
)

// state is a phase's parameters after some contribution, with the proof of that contribution.
type state[C any] interface {
	*C
	io.WriterTo
	io.ReaderFrom
	Contribute()
	Verify(next *C) error
}

// layout is what the encoding of a contribution must look like before it is decoded, because its decoder allocates what the counts say.
type layout struct {
	length int64
	counts []count
}

// count is a big-endian number of 2, 4 or 8 bytes at a place in an encoding.
type count struct {
	offset int64
	bytes  int
	value  uint64
}

// challengeBytes end a contribution: a length of 32, and the SHA-256 of the state that it was made on.
const challengeBytes = 1 + sha256.Size

func (l layout) check(content []byte) bool {
	if int64(len(content)) != l.length || content[l.length-challengeBytes] != sha256.Size {
		return false
	}
	return l.checkCounts(content)
}

func (l layout) checkCounts(content []byte) bool {
	for _, c := range l.counts {
		field := content[c.offset : c.offset+int64(c.bytes)]
		var value uint64
		for _, b := range field {
			value = value<<8 | uint64(b)
		}
		if value != c.value {
			return false
		}
	}
	return true
}

// start is the layout of a state without contributions, whose challenge is empty.
func (l layout) start() layout { return layout{length: l.length - sha256.Size, counts: l.counts} }

// chain is the contributions of one folder, of one phase.
type chain[C any, S state[C]] struct {
	directory, place string
	entries          []contribution
	layout           layout
}

func (e contribution) fileName() string {
	return fmt.Sprintf("%0*d.contribution", contributionWidth, e.number)
}

func (c chain[C, S]) refuse(code string, entry contribution) error {
	return refusal.New(refusal.Ceremony, code, "%s", filepath.Join(c.place, entry.fileName()))
}

// content reads the file of one contribution: it must have the form of the layout, the digest of its entry, and be made on the state before.
func (c chain[C, S]) content(entry contribution, before digest) ([]byte, error) {
	name := entry.fileName()
	content, err := readBounded(filepath.Join(c.directory, name), filepath.Join(c.place, name), c.layout.length)
	switch {
	case err != nil:
		return nil, err
	case int64(len(content)) != c.layout.length:
		return nil, c.refuse("WRONG_LENGTH", entry)
	case sha(content) != entry.file:
		return nil, c.refuse("DIGEST_DIFFERS", entry)
	case !c.layout.check(content):
		return nil, c.refuse("BAD_CONTRIBUTION", entry)
	case !bytes.Equal(content[len(content)-sha256.Size:], before[:]):
		return nil, c.refuse("MADE_ON_ANOTHER_STATE", entry)
	default:
		return content, nil
	}
}

// read decodes one contribution.
func (c chain[C, S]) read(entry contribution, before digest) (S, error) {
	content, err := c.content(entry, before)
	if err != nil {
		return nil, err
	}
	decoded := S(new(C))
	if n, err := decoded.ReadFrom(bytes.NewReader(content)); err != nil || n != c.layout.length {
		return nil, c.refuse("BAD_CONTRIBUTION", entry)
	}
	return decoded, nil
}

// checkFiles finds in moments what is wrong with the files, before minutes are spent on what they hold.
func (c chain[C, S]) checkFiles(start digest) error {
	before := start
	for _, entry := range c.entries {
		if _, err := c.content(entry, before); err != nil {
			return err
		}
		before = entry.file
	}
	return nil
}

// checkLengths refuses a file of another length than the layout's. A few bytes of transcript can name a domain of gigabytes: this comes
// before anything is made of that size.
func (c chain[C, S]) checkLengths() error {
	for _, entry := range c.entries {
		info, err := os.Stat(filepath.Join(c.directory, entry.fileName()))
		if err != nil {
			return c.refuse("FILE_MISSING", entry)
		}
		if info.Size() != c.layout.length {
			return c.refuse("WRONG_LENGTH", entry)
		}
	}
	return nil
}

// verify goes from the first state through every contribution and gives the last state.
func (c chain[C, S]) verify(start S) (S, error) {
	last, before := start, digestOf(start)
	if err := c.checkFiles(before); err != nil {
		return nil, err
	}
	for _, entry := range c.entries {
		next, err := c.read(entry, before)
		if err != nil {
			return nil, err
		}
		if last.Verify(next) != nil {
			return nil, c.refuse("NOT_PROVED", entry)
		}
		last, before = next, entry.file
	}
	return last, nil
}

// contribute adds a contribution to the last state, and gives its file. What others contributed before is read, not verified: that is for
// everybody to do at the end, and before.
func (c chain[C, S]) contribute(start func() (S, error)) ([]byte, error) {
	last, err := c.lastState(start)
	if err != nil {
		return nil, err
	}
	last.Contribute()
	return encode(last), nil
}

func (c chain[C, S]) lastState(start func() (S, error)) (S, error) {
	n := len(c.entries)
	if n == 0 {
		return start()
	}
	var before digest
	if n > 1 {
		before = c.entries[n-2].file
	} else {
		first, err := start()
		if err != nil {
			return nil, err
		}
		before = digestOf(first)
	}
	return c.read(c.entries[n-1], before)
}

func encode(state io.WriterTo) []byte {
	encoded := new(bytes.Buffer)
	if _, err := state.WriteTo(encoded); err != nil {
		panic(fmt.Sprintf("a state must be written: %v", err))
	}
	return encoded.Bytes()
}

func digestOf(state io.WriterTo) digest {
	hash := sha256.New()
	if _, err := state.WriteTo(hash); err != nil {
		panic(fmt.Sprintf("a state must be hashed: %v", err))
	}
	return digest(hash.Sum(nil))
}
