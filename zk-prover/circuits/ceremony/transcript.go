// Package ceremony makes the keys of a circuit by many hands: whoever held all secrets of a set-up could forge proofs, and here a forger
// would need the secret of every contributor.
//
// Takes: a folder, a contributor's name, at the end a public beacon. Gives: numbered contributions, a transcript that chains them, keys.
// A folder is either the powers of tau of one domain (reusable for every circuit that fits) or the second phase of one circuit in one shape,
// which holds the powers that it stands on. Anybody can verify a folder with nothing but this library.
// Invariants: a file is decoded only after its length, digest and counts are those that domain and circuit imply; a contributor's secret
// exists in memory only, comes from the system's secure generator, and is neither written nor logged.
package ceremony

import (
	"bytes"
	"crypto/sha256"
	"os"
	"path/filepath"
	"unicode"
	"unicode/utf8"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

const (
	transcriptVersion = 2
	transcriptName    = "transcript.cbor"
	transcriptBytes   = 1 << 20
	startName         = "0000.start"
	powersFolder      = "powers"
	contributionsMax  = 1000
	nameBytesMax      = 100
	sourceBytesMax    = 300
	beaconLeast       = 16 // bytes: fewer could be tried out
	beaconMost        = 64
	domainLeast       = 4 // binary logarithm
	domainMost        = 24
	fileMode          = 0o644
	directoryMode     = 0o755
	contributionWidth = 4 // digits of the number in a file's name
)

type digest = [sha256.Size]byte

// subject is what a ceremony is about: powers of tau from nothing, powers that others made in public, or the second phase of a circuit.
type subject struct {
	domain int // binary logarithm

	circuit  *circuitSubject  // nil: powers of tau
	imported *importedSubject // nil: powers from nothing
}

// importedSubject is the file that powers were taken from.
type importedSubject struct {
	name         string
	file, points digest // SHA-256 of the file, and of its powers in gnark's encoding
}

// circuitSubject is the circuit of a second phase and what its first state was computed from.
type circuitSubject struct {
	shape         groth.Shape
	shapeContent  any // the shape as it stood in the request
	constraints   int
	system        digest // of the compiled circuit
	powers, start digest // transcript of the powers; the first state
}

// contribution is one entry of the transcript.
type contribution struct {
	number    int
	name      string
	file      digest
	before    digest // link of the entry before, or of the subject
	key       []byte // of the contributor; empty where nobody signed, and then the contribution counts for nobody
	signature []byte
}

// seal closes a ceremony.
type seal struct {
	beacon []byte
	source string
	result digest // of the sealed powers, or of the verifying key
}

// transcript says everything about a ceremony but the contributions themselves, which it names by digest.
type transcript struct {
	subject       subject
	contributions []contribution
	sealed        *seal
}

func (s subject) tree() []any {
	switch {
	case s.imported != nil:
		return []any{"imported", int64(s.domain), s.imported.name, s.imported.file[:], s.imported.points[:]}
	case s.circuit == nil:
		return []any{"powers", int64(s.domain)}
	}
	c := s.circuit
	return []any{"circuit", int64(s.domain), c.shape.Circuit(), c.shapeContent, int64(c.constraints), c.system[:], c.powers[:], c.start[:]}
}

func (s subject) digest() digest { return sha256.Sum256(canonical.Encode(s.tree())) }

func (c contribution) tree() []any {
	return []any{int64(c.number), c.name, c.file[:], c.before[:], append([]byte{}, c.key...), append([]byte{}, c.signature...)}
}

// link is what the next entry, and a contributor who publishes it, names: it covers everything up to this entry.
func (c contribution) link() digest { return sha256.Sum256(canonical.Encode(c.tree())) }

// last is the link that the next contribution must name.
func (t *transcript) last() digest {
	if n := len(t.contributions); n > 0 {
		return t.contributions[n-1].link()
	}
	return t.subject.digest()
}

func (t *transcript) encode() []byte {
	entries, sealed := []any{}, []any{}
	for _, c := range t.contributions {
		entries = append(entries, c.tree())
	}
	if s := t.sealed; s != nil {
		sealed = []any{s.beacon, s.source, s.result[:]}
	}
	return canonical.Encode([]any{"bulwark-ceremony", int64(transcriptVersion), t.subject.tree(), entries, sealed})
}

// readTranscript reads the transcript of a folder; place is how faults name the folder.
func readTranscript(catalogue groth.Catalogue, directory, place string) (*transcript, []byte, error) {
	name := filepath.Join(place, transcriptName)
	content, err := readBounded(filepath.Join(directory, transcriptName), name, transcriptBytes)
	if err != nil {
		return nil, nil, err
	}
	root, document := canonical.Decode(content, refusal.Ceremony, name)
	if document.Fault() != nil {
		return nil, nil, document.Fault()
	}
	fields := root.Schema("bulwark-ceremony", transcriptVersion, "subject", "contributions", "seal")
	if document.Fault() != nil {
		return nil, nil, document.Fault()
	}
	t := &transcript{subject: readSubject(catalogue, fields[0])}
	if document.Fault() == nil {
		t.readContributions(fields[1])
		t.sealed = readSeal(fields[2])
		if t.sealed != nil && len(t.contributions) == 0 {
			fields[2].Refuse("NO_CONTRIBUTION")
		}
	}
	return t, content, document.Fault()
}

func readSubject(catalogue groth.Catalogue, value canonical.Value) subject {
	items := value.Items()
	if len(items) > 0 && items[0].Text() == "circuit" {
		f := value.Tuple("kind", "domain", "circuit", "shape", "constraints", "system", "powers", "start")
		return subject{domain: readDomain(f[1]), circuit: &circuitSubject{shape: catalogue.Read(f[2], f[3]), shapeContent: f[3].Content(),
			constraints: int(f[4].Int(1, 1<<domainMost)), system: f[5].Digest(), powers: f[6].Digest(), start: f[7].Digest()}}
	}
	if len(items) > 0 && items[0].Text() == "imported" {
		f := value.Tuple("kind", "domain", "name", "sha256", "points")
		return subject{domain: readDomain(f[1]), imported: &importedSubject{name: readText(f[2], nameBytesMax), file: f[3].Digest(), points: f[4].Digest()}}
	}
	f := value.Tuple("kind", "domain")
	if f[0].Text() != "powers" {
		f[0].Refuse("OUT_OF_RANGE")
	}
	return subject{domain: readDomain(f[1])}
}

func readDomain(value canonical.Value) int { return int(value.Int(domainLeast, domainMost)) }

// readContributions takes the entries in order: numbers from 1 without a gap, each naming the link of the one before, signatures right where
// there are any.
func (t *transcript) readContributions(value canonical.Value) {
	items := value.Items()
	if len(items) > contributionsMax {
		value.Refuse("LIMIT_EXCEEDED")
		return
	}
	for i, item := range items {
		f := item.Tuple("number", "name", "sha256", "before", "key", "signature")
		entry := contribution{number: int(f[0].Int(1, contributionsMax)), name: readText(f[1], nameBytesMax), file: f[2].Digest(), before: f[3].Digest(),
			key: f[4].Bytes(), signature: f[5].Bytes()}
		if entry.number != i+1 {
			f[0].Refuse("OUT_OF_ORDER")
		}
		if entry.before != t.last() {
			f[3].Refuse("CHAIN_BROKEN")
		}
		if !t.signatureHolds(entry) {
			f[5].Refuse("BAD_SIGNATURE")
		}
		t.contributions = append(t.contributions, entry)
	}
}

func readSeal(value canonical.Value) *seal {
	if len(value.Items()) == 0 {
		return nil
	}
	f := value.Tuple("beacon", "source", "result")
	return &seal{beacon: readBeacon(f[0]), source: readText(f[1], sourceBytesMax), result: f[2].Digest()}
}

func readBeacon(value canonical.Value) []byte {
	beacon := value.Bytes()
	if len(beacon) < beaconLeast || len(beacon) > beaconMost {
		value.Refuse("OUT_OF_RANGE")
	}
	return beacon
}

// readText is one line of printable text.
func readText(value canonical.Value, bytesMax int) string {
	text := value.Text()
	if !printable(text, bytesMax) {
		value.Refuse("OUT_OF_RANGE")
	}
	return text
}

func printable(text string, bytesMax int) bool {
	for _, char := range text {
		if char == utf8.RuneError || !unicode.IsPrint(char) {
			return false
		}
	}
	return len(text) > 0 && len(text) <= bytesMax
}

// readBounded reads a file that has at most so many bytes.
func readBounded(path, name string, most int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil || !info.Mode().IsRegular() {
		return nil, refusal.New(refusal.Ceremony, "FILE_MISSING", "%s", name)
	}
	if info.Size() > most {
		return nil, refusal.New(refusal.Ceremony, "WRONG_LENGTH", "%s", name)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, refusal.New(refusal.Ceremony, "FILE_MISSING", "%s", name)
	}
	return content, nil
}

// replaceTranscript puts a transcript in the place of the one that was read, unless somebody else did so meanwhile.
func (t *transcript) replace(directory string, read []byte) error {
	if err := unchanged(directory, read); err != nil {
		return err
	}
	return writeFile(directory, transcriptName, t.encode())
}

// unchanged refuses where the transcript is not the one that was read: a step takes minutes, and another may have ended meanwhile.
func unchanged(directory string, read []byte) error {
	if now, err := os.ReadFile(filepath.Join(directory, transcriptName)); err != nil || !bytes.Equal(now, read) {
		return refusal.New(refusal.Ceremony, "CHANGED_MEANWHILE", transcriptName)
	}
	return nil
}

// writeFile writes beside the target and renames: no reader meets half a file.
func writeFile(directory, name string, content []byte) error {
	path := filepath.Join(directory, name)
	unfinished := path + ".new"
	if os.WriteFile(unfinished, content, fileMode) != nil || os.Rename(unfinished, path) != nil {
		return refusal.New(refusal.Ceremony, "NOT_WRITTEN", "%s", name)
	}
	return nil
}
