package ceremony

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/binary"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	points "github.com/consensys/gnark-crypto/ecc/bn254/mpcsetup"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"golang.org/x/crypto/blake2b"

	"bulwark.io/circuits/refusal"
)

// importedName is the file that powers were taken from, kept as it was: what is known in public is the digest of the file, and nobody could
// compare it with points alone.
const importedName = "imported.ptau"

// publishedSums are files of powers of tau that many made in public, as b2sum writes and checks them.
// Source: https://github.com/iden3/snarkjs, README.md, "Prepare phase 2" (commit 9a8f1c0083d18b9b5e18f526cfd729e7259423be): 54 contributions
// of the perpetual powers of tau and a beacon, cut to each power.
//
//go:embed published-powers.b2sum
var publishedSums string

// publishedWhere is where anybody can look the sums up.
const publishedWhere = "github.com/iden3/snarkjs README"

// published is the name and place of a published file with this BLAKE2b-512, or nothing.
func published(sum [blake2b.Size]byte) string {
	for line := range strings.Lines(publishedSums) {
		listed, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		if listed == hex.EncodeToString(sum[:]) {
			return name + ", " + publishedWhere
		}
	}
	return ""
}

// A file of powers as snarkjs writes it: "ptau", version 1, the number of sections; of each section its type, its length and its content.
// All numbers are little-endian, coordinates in Montgomery form. Sections behind betaG2 hold nothing that a set-up needs.
const (
	ptauMagic       = "ptau"
	ptauVersion     = 1
	ptauHeaderBytes = 12
	sectionHead     = 12
	sectionsMost    = 64

	headerSection  = 1
	headerBytes    = 4 + fp.Bytes + 4 + 4
	tauG1Section   = 2
	tauG2Section   = 3
	alphaSection   = 4
	betaSection    = 5
	betaG2Section  = 6
	g1FileBytes    = 2 * fp.Bytes
	g2FileBytes    = 4 * fp.Bytes
	decodedAtATime = 1 << 14 // points
)

// section is a place in a file.
type section struct{ offset, length int64 }

// ptau is an opened file of powers, whose sections are as long as its power says.
type ptau struct {
	*os.File
	place    string // how faults name the file
	domain   int
	sections map[uint32]section
}

func (p *ptau) refuse(code, part string) error {
	return refusal.New(refusal.Ceremony, code, "%s%s", p.place, part)
}

// openPtau reads what a file says of its own size and compares it with its length, before anything is made of that size.
func openPtau(path, place string) (*ptau, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, refusal.New(refusal.Ceremony, "FILE_MISSING", "%s", place)
	}
	p := &ptau{File: file, place: place, sections: map[uint32]section{}}
	err = p.index()
	if err == nil {
		err = p.readHeader()
	}
	if err != nil {
		file.Close()
		return nil, err
	}
	return p, nil
}

// index finds the sections, which must fill the file.
func (p *ptau) index() error {
	info, err := p.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return p.refuse("FILE_MISSING", "")
	}
	var head [ptauHeaderBytes]byte
	if _, err := p.ReadAt(head[:], 0); err != nil || string(head[:4]) != ptauMagic || binary.LittleEndian.Uint32(head[4:]) != ptauVersion ||
		binary.LittleEndian.Uint32(head[8:]) > sectionsMost {
		return p.refuse("NOT_A_POWERS_FILE", "")
	}
	at := int64(ptauHeaderBytes)
	for range binary.LittleEndian.Uint32(head[8:]) {
		var head [sectionHead]byte
		if _, err := p.ReadAt(head[:], at); err != nil {
			return p.refuse("WRONG_LENGTH", "")
		}
		at += sectionHead
		kind, length := binary.LittleEndian.Uint32(head[:4]), binary.LittleEndian.Uint64(head[4:])
		if length > uint64(info.Size()-at) {
			return p.refuse("WRONG_LENGTH", "")
		}
		if _, twice := p.sections[kind]; twice {
			return p.refuse("NOT_A_POWERS_FILE", "")
		}
		p.sections[kind] = section{at, int64(length)}
		at += int64(length)
	}
	if at != info.Size() {
		return p.refuse("WRONG_LENGTH", "")
	}
	return nil
}

func (p *ptau) readHeader() error {
	var header [headerBytes]byte
	if place := p.sections[headerSection]; place.length != headerBytes {
		return p.refuse("NOT_A_POWERS_FILE", ".header")
	} else if _, err := p.ReadAt(header[:], place.offset); err != nil {
		return p.refuse("WRONG_LENGTH", ".header")
	}
	prime := fp.Modulus().FillBytes(make([]byte, fp.Bytes))
	for i := range prime {
		if header[4+i] != prime[fp.Bytes-1-i] {
			return p.refuse("ANOTHER_CURVE", ".header")
		}
	}
	power := binary.LittleEndian.Uint32(header[4+fp.Bytes:])
	if binary.LittleEndian.Uint32(header[:]) != fp.Bytes || power < domainLeast || power > domainMost {
		return p.refuse("OUT_OF_RANGE", ".header")
	}
	p.domain = int(power)
	n := int64(1) << power
	for _, s := range []struct {
		kind   uint32
		name   string
		length int64
	}{
		{tauG1Section, ".tauG1", (2*n - 1) * g1FileBytes}, {tauG2Section, ".tauG2", n * g2FileBytes}, {alphaSection, ".alphaTauG1", n * g1FileBytes},
		{betaSection, ".betaTauG1", n * g1FileBytes}, {betaG2Section, ".betaG2", g2FileBytes},
	} {
		if p.sections[s.kind].length != s.length {
			return p.refuse("WRONG_LENGTH", s.name)
		}
	}
	return nil
}

// sums are SHA-256 and BLAKE2b-512 of the whole file.
func (p *ptau) sums() (file digest, listed [blake2b.Size]byte, err error) {
	short, long := sha256.New(), must(blake2b.New512(nil))
	if _, err := p.Seek(0, io.SeekStart); err != nil {
		return file, listed, p.refuse("FILE_MISSING", "")
	}
	if _, err := io.Copy(io.MultiWriter(short, long), p); err != nil {
		return file, listed, p.refuse("FILE_MISSING", "")
	}
	return digest(short.Sum(nil)), [blake2b.Size]byte(long.Sum(nil)), nil
}

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

// powers decodes the points, every one on its curve and in its subgroup, and checks that they are powers of one τ, and of it times one α
// and one β, none of them zero.
func (p *ptau) powers() (parameters mpcsetup.SrsCommons, err error) {
	n := 1 << p.domain
	parameters.G1.Tau = make([]curve.G1Affine, 2*n-1)
	parameters.G1.AlphaTau = make([]curve.G1Affine, n)
	parameters.G1.BetaTau = make([]curve.G1Affine, n)
	parameters.G2.Tau = make([]curve.G2Affine, n)
	beta := make([]curve.G2Affine, 1)
	for _, read := range []func() error{
		func() error {
			return decodeSection(p, tauG1Section, ".tauG1", g1FileBytes, decodeG1, parameters.G1.Tau)
		},
		func() error {
			return decodeSection(p, tauG2Section, ".tauG2", g2FileBytes, decodeG2, parameters.G2.Tau)
		},
		func() error {
			return decodeSection(p, alphaSection, ".alphaTauG1", g1FileBytes, decodeG1, parameters.G1.AlphaTau)
		},
		func() error {
			return decodeSection(p, betaSection, ".betaTauG1", g1FileBytes, decodeG1, parameters.G1.BetaTau)
		},
		func() error { return decodeSection(p, betaG2Section, ".betaG2", g2FileBytes, decodeG2, beta) },
	} {
		if err := read(); err != nil {
			return mpcsetup.SrsCommons{}, err
		}
	}
	parameters.G2.Beta = beta[0]
	return parameters, p.consistent(&parameters)
}

// consistent: no list has a point at infinity, so no secret is zero. Lists that grow by one factor in both groups are powers of one τ; the
// factor of [βτⁱ]₁ is the secret of [β]₂; α stands in one list only.
func (p *ptau) consistent(parameters *mpcsetup.SrsCommons) error {
	_, _, g1, g2 := curve.Generators()
	if !parameters.G1.Tau[0].Equal(&g1) || !parameters.G2.Tau[0].Equal(&g2) {
		return p.refuse("GENERATOR_DIFFERS", "")
	}
	if points.SameRatioMany(parameters.G1.Tau, parameters.G2.Tau, parameters.G1.AlphaTau, parameters.G1.BetaTau) != nil {
		return p.refuse("NOT_POWERS_OF_ONE_TAU", "")
	}
	var minus curve.G1Affine
	minus.Neg(&g1)
	if same, err := curve.PairingCheck([]curve.G1Affine{parameters.G1.BetaTau[0], minus}, []curve.G2Affine{g2, parameters.G2.Beta}); err != nil || !same {
		return p.refuse("BETA_DIFFERS", ".betaG2")
	}
	return nil
}

// decodeSection decodes the points of a section, some at a time on every processor.
func decodeSection[P any](p *ptau, kind uint32, name string, size int64, decode func([]byte, *P) bool, into []P) error {
	var group sync.WaitGroup
	var mutex sync.Mutex
	var fault error
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for from := 0; from < len(into); from += decodedAtATime {
		part := into[from:min(from+decodedAtATime, len(into))]
		free <- struct{}{}
		group.Go(func() {
			defer func() { <-free }()
			if err := decodePart(p, p.sections[kind].offset+int64(from)*size, name, size, decode, part); err != nil {
				mutex.Lock()
				fault = err
				mutex.Unlock()
			}
		})
	}
	group.Wait()
	return fault
}

func decodePart[P any](p *ptau, offset int64, name string, size int64, decode func([]byte, *P) bool, part []P) error {
	content := make([]byte, int64(len(part))*size)
	if _, err := p.ReadAt(content, offset); err != nil {
		return p.refuse("WRONG_LENGTH", name)
	}
	for i := range part {
		if !decode(content[int64(i)*size:int64(i+1)*size], &part[i]) {
			return p.refuse("BAD_POINT", name)
		}
	}
	return nil
}

// decodeG1 is false for what is no coordinate, not on the curve, or the point at infinity. The curve has no other subgroup.
func decodeG1(content []byte, point *curve.G1Affine) bool {
	return decodeCoordinate(content, &point.X) && decodeCoordinate(content[fp.Bytes:], &point.Y) && !point.IsInfinity() && point.IsOnCurve() &&
		point.IsInSubGroup()
}

func decodeG2(content []byte, point *curve.G2Affine) bool {
	for i, coordinate := range []*fp.Element{&point.X.A0, &point.X.A1, &point.Y.A0, &point.Y.A1} {
		if !decodeCoordinate(content[i*fp.Bytes:], coordinate) {
			return false
		}
	}
	return !point.IsInfinity() && point.IsOnCurve() && point.IsInSubGroup()
}

// decodeCoordinate takes a number below the prime as the Montgomery form that it is: limbs of 64 bits, the lowest first, as fp.Element holds them.
func decodeCoordinate(content []byte, coordinate *fp.Element) bool {
	if _, err := fp.LittleEndian.Element((*[fp.Bytes]byte)(content)); err != nil {
		return false
	}
	for limb := range coordinate {
		coordinate[limb] = binary.LittleEndian.Uint64(content[8*limb:])
	}
	return true
}

// importFile copies a file of powers into a folder and reads what the subject says of it.
func importFile(directory, path string) (subject, imported, error) {
	name := filepath.Base(path)
	if !printable(name, nameBytesMax) {
		return subject{}, imported{}, refusal.New(refusal.Request, "OUT_OF_RANGE", "ceremony.subject.file")
	}
	original, err := openPtau(path, name)
	if err != nil {
		return subject{}, imported{}, err
	}
	original.Close()
	copied := filepath.Join(directory, importedName)
	if copyFile(path, copied) != nil {
		return subject{}, imported{}, refusal.New(refusal.Ceremony, "NOT_WRITTEN", importedName)
	}
	read, err := readImport(copied, name, func(*ptau, digest) error { return nil })
	if err != nil {
		os.Remove(copied) // the folder is as empty as it was
		return subject{}, imported{}, err
	}
	return subject{domain: read.domain, imported: &importedSubject{name: name, file: read.file, points: digestOf(&read.parameters)}}, read, nil
}

// imported is a file of powers that was read and whose points were checked.
type imported struct {
	domain     int
	file       digest
	published  string // where anybody can look its digest up; empty for a file that is not known
	parameters mpcsetup.SrsCommons
}

// readImport reads a file of powers; expected looks at its size and digest before its points are decoded.
func readImport(path, place string, expected func(*ptau, digest) error) (imported, error) {
	file, err := openPtau(path, place)
	if err != nil {
		return imported{}, err
	}
	defer file.Close()
	short, listed, err := file.sums()
	if err != nil {
		return imported{}, err
	}
	if err := expected(file, short); err != nil {
		return imported{}, err
	}
	parameters, err := file.powers()
	return imported{domain: file.domain, file: short, published: published(listed), parameters: parameters}, err
}

// readImport reads the file of imported powers, which must be the one that the transcript names.
func (p powers) readImport() (imported, error) {
	place := filepath.Join(p.place, importedName)
	read, err := readImport(filepath.Join(p.directory, importedName), place, func(file *ptau, short digest) error {
		switch {
		case file.domain != p.subject.domain:
			return file.refuse("WRONG_LENGTH", "")
		case short != p.subject.imported.file:
			return file.refuse("DIGEST_DIFFERS", "")
		default:
			return nil
		}
	})
	if err == nil && digestOf(&read.parameters) != p.subject.imported.points {
		err = refusal.New(refusal.Ceremony, "POINTS_DIFFER", "%s", filepath.Join(p.place, transcriptName))
	}
	return read, err
}

// startOf is the state before any contribution on top of imported powers: theirs, without a proof of an update and without a challenge.
// gnark has no other way to it than its encoding.
func startOf(parameters *mpcsetup.SrsCommons) (*mpcsetup.Phase1, error) {
	encoded := new(bytes.Buffer)
	var none points.UpdateProof
	for _, part := range []io.WriterTo{&none, &none, &none, parameters} {
		encoded.Write(encode(part))
	}
	encoded.WriteByte(0)
	start := new(mpcsetup.Phase1)
	_, err := start.ReadFrom(encoded)
	return start, err
}
