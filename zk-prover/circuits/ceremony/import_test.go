package ceremony

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"testing"

	curve "github.com/consensys/gnark-crypto/ecc/bn254"
	"github.com/consensys/gnark-crypto/ecc/bn254/fp"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"golang.org/x/crypto/blake2b"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/rehearsal"
)

// powersFile is a file of powers to be written: its power and the content of its sections, in their order.
type powersFile struct {
	prime                             []byte
	power                             int
	tauG1, tauG2, alpha, beta, betaG2 []byte
	behind                            []byte // sections behind betaG2, as a prepared file has them
}

func requestImport(directory, file string) []byte {
	return canonical.Encode([]any{"bulwark-ceremony-init", int64(1), directory, []any{"imported", file}})
}

// madePowers are powers as snarkjs would write them.
func madePowers(power int, tau, alpha, beta int64) powersFile {
	prime := fp.Modulus().FillBytes(make([]byte, fp.Bytes))
	for i := range fp.Bytes / 2 {
		prime[i], prime[fp.Bytes-1-i] = prime[fp.Bytes-1-i], prime[i]
	}
	_, _, g1, g2 := curve.Generators()
	n := 1 << power
	file := powersFile{prime: prime, power: power, behind: binary.LittleEndian.AppendUint64(binary.LittleEndian.AppendUint32(nil, 7), 0)}
	var at, factor fr.Element
	at.SetOne()
	factor.SetInt64(tau)
	in1 := func(by int64) []byte {
		var scalar fr.Element
		scalar.SetInt64(by)
		scalar.Mul(&scalar, &at)
		return rawG1(new(curve.G1Affine).ScalarMultiplication(&g1, scalar.BigInt(new(big.Int))))
	}
	for i := range 2*n - 1 {
		file.tauG1 = append(file.tauG1, in1(1)...)
		if i < n {
			file.tauG2 = append(file.tauG2, rawG2(new(curve.G2Affine).ScalarMultiplication(&g2, at.BigInt(new(big.Int))))...)
			file.alpha, file.beta = append(file.alpha, in1(alpha)...), append(file.beta, in1(beta)...)
		}
		at.Mul(&at, &factor)
	}
	file.betaG2 = rawG2(new(curve.G2Affine).ScalarMultiplication(&g2, big.NewInt(beta)))
	return file
}

func rawG1(p *curve.G1Affine) []byte { return rawCoordinates(p.X, p.Y) }

func rawG2(p *curve.G2Affine) []byte { return rawCoordinates(p.X.A0, p.X.A1, p.Y.A0, p.Y.A1) }

// rawCoordinates are little-endian limbs of the Montgomery form.
func rawCoordinates(coordinates ...fp.Element) (raw []byte) {
	for _, coordinate := range coordinates {
		for _, limb := range coordinate {
			raw = binary.LittleEndian.AppendUint64(raw, limb)
		}
	}
	return raw
}

func (p powersFile) encode() []byte {
	header := binary.LittleEndian.AppendUint32(nil, fp.Bytes)
	header = append(header, p.prime...)
	header = binary.LittleEndian.AppendUint32(header, uint32(p.power))
	header = binary.LittleEndian.AppendUint32(header, 28)
	file := append([]byte("ptau"), 1, 0, 0, 0, 7, 0, 0, 0)
	for i, content := range [][]byte{header, p.tauG1, p.tauG2, p.alpha, p.beta, p.betaG2} {
		file = binary.LittleEndian.AppendUint32(file, uint32(i+1))
		file = binary.LittleEndian.AppendUint64(file, uint64(len(content)))
		file = append(file, content...)
	}
	return append(file, p.behind...)
}

func (p powersFile) write(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "made.ptau")
	if err := os.WriteFile(path, p.encode(), fileMode); err != nil {
		t.Fatal(err)
	}
	return path
}

// publish puts a file into the list of published ones while a test runs.
func publish(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before := publishedSums
	publishedSums += fmt.Sprintf("%x  made.ptau\n", blake2b.Sum512(content))
	t.Cleanup(func() { publishedSums = before })
}

const (
	madePower = 5
	tau       = 7
	alpha     = 11
	beta      = 13
)

func TestShouldProveOnPowersThatWereMadeInPublic(t *testing.T) {
	file := madePowers(tinyDomain+1, tau, alpha, beta).write(t) // more than the circuit needs
	publish(t, file)
	powers, second, keys := filepath.Join(t.TempDir(), "powers"), filepath.Join(t.TempDir(), "second"), t.TempDir()
	want := counts{powers: 0, published: "made.ptau, " + publishedWhere}
	if has := take(t, Init, requestImport(powers, file)); has != want {
		t.Fatalf("want %+v, have %+v", want, has)
	}
	if has := take(t, Verify, requestVerify(powers)); has != want {
		t.Fatalf("want %+v, have %+v", want, has)
	}
	take(t, Init, requestInitCircuit(second, tiny, powers))
	contributeAll(t, second, keyFiles(t, 3)...)
	want.signed = 3
	if has := take(t, Seal, requestSeal(second, beacon, source, keys)); has != want {
		t.Fatalf("want %+v, have %+v", want, has)
	}
	key, err := groth.Open(groth.Wanted{Shape: tiny, Directory: keys})
	if err != nil {
		t.Fatal(err)
	}
	if origin := key.File().Record.Origin; !origin.Safe() || origin.Signed != 3 {
		t.Errorf("three contributors stand behind the key; have %+v", origin)
	}
	var one fr.Element
	one.SetOne()
	assignment, public := rehearsal.Assign(tiny, one, one, one, one, 5)
	if _, err := key.Prove(assignment, public); err != nil { // verifies its proof
		t.Fatal(err)
	}
}

// Anybody can make powers whose secrets he knows: where their file is on no list, only those count who contributed on top of them.
func TestShouldCountForUnknownPowersOnlyWhoContributedOnTop(t *testing.T) {
	witnesstest.FullTier(t)
	file, key := madePowers(tinyDomain, tau, alpha, beta).write(t), keyFiles(t, 3)
	powers, second := filepath.Join(t.TempDir(), "powers"), filepath.Join(t.TempDir(), "second")
	take(t, Init, requestImport(powers, file))
	take(t, Init, requestInitCircuit(second, tiny, powers))
	contributeAll(t, second, key...)
	has := take(t, Verify, requestVerify(second))
	if want := (counts{signed: 3}); has != want {
		t.Fatalf("want %+v, have %+v", want, has)
	}
	if covered := (standing{}).covers(3); covered != 0 {
		t.Errorf("nobody stands behind powers that somebody made alone; have %d", covered)
	}

	contributeAll(t, powers, key[:2]...)
	_, err := Init(catalogue, requestInitCircuit(filepath.Join(t.TempDir(), "new"), tiny, powers))
	wantRefusal(t, err, "NOT_SEALED", "powers/transcript.cbor")
	take(t, Seal, requestSeal(powers, beacon, source, ""))
	onTop := filepath.Join(t.TempDir(), "second")
	take(t, Init, requestInitCircuit(onTop, tiny, powers))
	contributeAll(t, onTop, key...)
	if has := take(t, Verify, requestVerify(onTop)); has.signed != 3 || has.powers != 2 || has.published != "" {
		t.Errorf("want 3 signed on 2, have %+v", has)
	}
}

func TestShouldRefuseAFileThatDoesNotHoldPowersOfOneTau(t *testing.T) {
	good, other, longer := madePowers(madePower, tau, alpha, beta), madePowers(madePower, tau+1, alpha, beta), madePowers(madePower+1, tau, alpha, beta)
	_, _, g1, g2 := curve.Generators()
	another1 := rawG1(new(curve.G1Affine).ScalarMultiplication(&g1, big.NewInt(99)))
	another2 := rawG2(new(curve.G2Affine).ScalarMultiplication(&g2, big.NewInt(99)))
	at1, at2 := 3*g1FileBytes, 3*g2FileBytes
	put := func(section *[]byte, at int, point []byte) {
		*section = bytes.Clone(*section)
		copy((*section)[at:], point)
	}
	for name, c := range map[string]struct {
		change      func(*powersFile)
		code, where string
	}{
		"a point of [τⁱ]₁ changed":            {func(p *powersFile) { put(&p.tauG1, at1, another1) }, "NOT_POWERS_OF_ONE_TAU", ""},
		"the last point of [τⁱ]₁ changed":     {func(p *powersFile) { put(&p.tauG1, len(p.tauG1)-g1FileBytes, another1) }, "NOT_POWERS_OF_ONE_TAU", ""},
		"a point of [τⁱ]₂ changed":            {func(p *powersFile) { put(&p.tauG2, at2, another2) }, "NOT_POWERS_OF_ONE_TAU", ""},
		"a point of [ατⁱ]₁ changed":           {func(p *powersFile) { put(&p.alpha, at1, another1) }, "NOT_POWERS_OF_ONE_TAU", ""},
		"a point of [βτⁱ]₁ changed":           {func(p *powersFile) { put(&p.beta, at1, another1) }, "NOT_POWERS_OF_ONE_TAU", ""},
		"[β]₂ changed":                        {func(p *powersFile) { put(&p.betaG2, 0, another2) }, "BETA_DIFFERS", ".betaG2"},
		"α and β exchanged":                   {func(p *powersFile) { p.alpha, p.beta = p.beta, p.alpha }, "BETA_DIFFERS", ".betaG2"},
		"[τⁱ]₂ of another τ":                  {func(p *powersFile) { p.tauG2 = other.tauG2 }, "NOT_POWERS_OF_ONE_TAU", ""},
		"[ατⁱ]₁ of another τ":                 {func(p *powersFile) { p.alpha = other.alpha }, "NOT_POWERS_OF_ONE_TAU", ""},
		"another generator of G1":             {func(p *powersFile) { put(&p.tauG1, 0, another1) }, "GENERATOR_DIFFERS", ""},
		"another generator of G2":             {func(p *powersFile) { put(&p.tauG2, 0, another2) }, "GENERATOR_DIFFERS", ""},
		"a point outside the subgroup of G2":  {func(p *powersFile) { put(&p.tauG2, at2, rawG2(outsideTheSubgroup(t))) }, "BAD_POINT", ".tauG2"},
		"[β]₂ outside the subgroup of G2":     {func(p *powersFile) { put(&p.betaG2, 0, rawG2(outsideTheSubgroup(t))) }, "BAD_POINT", ".betaG2"},
		"a point that is not on the curve":    {func(p *powersFile) { put(&p.beta, at1+fp.Bytes, []byte{1, 2, 3}) }, "BAD_POINT", ".betaTauG1"},
		"a coordinate that is no number of p": {func(p *powersFile) { put(&p.alpha, at1, bytes.Repeat([]byte{0xff}, fp.Bytes)) }, "BAD_POINT", ".alphaTauG1"},
		"a coordinate that is p":              {func(p *powersFile) { put(&p.tauG1, at1, p.prime) }, "BAD_POINT", ".tauG1"},
		"α = 0":                               {func(p *powersFile) { p.alpha = make([]byte, len(p.alpha)) }, "BAD_POINT", ".alphaTauG1"},
		"β = 0 in G2":                         {func(p *powersFile) { p.betaG2 = make([]byte, g2FileBytes) }, "BAD_POINT", ".betaG2"},
		"the length of a smaller power":       {func(p *powersFile) { p.power-- }, "WRONG_LENGTH", ".tauG1"},
		"the length of a larger power":        {func(p *powersFile) { p.power++ }, "WRONG_LENGTH", ".tauG1"},
		"one section of another power":        {func(p *powersFile) { p.beta = longer.beta }, "WRONG_LENGTH", ".betaTauG1"},
		"a section that is missing":           {func(p *powersFile) { p.betaG2 = nil }, "WRONG_LENGTH", ".betaG2"},
		"a power of gigabytes":                {func(p *powersFile) { p.power = domainMost }, "WRONG_LENGTH", ".tauG1"},
		"a power beyond the limit":            {func(p *powersFile) { p.power = domainMost + 1 }, "OUT_OF_RANGE", ".header"},
		"another curve":                       {func(p *powersFile) { put(&p.prime, 0, []byte{1}) }, "ANOTHER_CURVE", ".header"},
		"bytes behind the last section":       {func(p *powersFile) { p.behind = append(bytes.Clone(p.behind), 0) }, "WRONG_LENGTH", ""},
		"a section that says it is longer":    {func(p *powersFile) { put(&p.behind, 4, []byte{1}) }, "WRONG_LENGTH", ""},
		"a section that stands twice":         {func(p *powersFile) { put(&p.behind, 0, []byte{betaG2Section}) }, "NOT_A_POWERS_FILE", ""},
	} {
		t.Run(name, func(t *testing.T) {
			changed := good
			c.change(&changed)
			folder := filepath.Join(t.TempDir(), "powers")
			_, err := Init(catalogue, requestImport(folder, changed.write(t)))
			wantRefusal(t, err, c.code, "made.ptau"+c.where)
			if left, err := os.ReadDir(folder); err != nil || len(left) > 0 {
				t.Errorf("the folder must be as empty as it was: %v %v", left, err)
			}
		})
	}
	_, err := Init(catalogue, requestImport(filepath.Join(t.TempDir(), "new"), filepath.Join(t.TempDir(), "absent.ptau")))
	wantRefusal(t, err, "FILE_MISSING", "absent.ptau")
}

// outsideTheSubgroup is a point of the twist of another order.
func outsideTheSubgroup(t *testing.T) *curve.G2Affine {
	t.Helper()
	_, _, _, g2 := curve.Generators()
	onTwist := func(p *curve.G2Affine) (b curve.G2Affine) { // y² − x³ in b.X
		b.X.Square(&p.X).Mul(&b.X, &p.X)
		b.Y.Square(&p.Y)
		b.X.Sub(&b.Y, &b.X)
		return b
	}
	coefficient := onTwist(&g2)
	for x := uint64(1); x < 100; x++ {
		var p, square curve.G2Affine
		p.X.A0.SetUint64(x)
		square.X.Square(&p.X).Mul(&square.X, &p.X).Add(&square.X, &coefficient.X)
		if square.X.Legendre() == 1 {
			p.Y.Sqrt(&square.X)
			if p.IsOnCurve() && !p.IsInSubGroup() {
				return &p
			}
		}
	}
	t.Fatal("no point found")
	return nil
}

// What a transcript says of its file is compared with the file: the digest of a published one beside other points buys nothing.
func TestShouldCompareImportedPowersWithTheirFile(t *testing.T) {
	mine, theirs := madePowers(madePower, tau, alpha, beta).write(t), madePowers(madePower, tau+1, alpha, beta).write(t)
	publish(t, theirs)
	folder, known := filepath.Join(t.TempDir(), "powers"), filepath.Join(t.TempDir(), "known")
	if has := take(t, Init, requestImport(folder, mine)); has.published != "" {
		t.Fatalf("a file on no list is not known; have %+v", has)
	}
	take(t, Init, requestImport(known, theirs))
	listed, _, err := readTranscript(catalogue, known, "")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change      func(*transcript)
		code, where string
	}{
		"digest of a published file": {func(r *transcript) { r.subject.imported.file = listed.subject.imported.file }, "DIGEST_DIFFERS", importedName},
		"all of a published subject": {func(r *transcript) { r.subject = listed.subject }, "DIGEST_DIFFERS", importedName},
		"digest of other points":     {func(r *transcript) { r.subject.imported.points = listed.subject.imported.points }, "POINTS_DIFFER", transcriptName},
		"another domain":             {func(r *transcript) { r.subject.domain-- }, "WRONG_LENGTH", importedName},
	} {
		attacked := copyOf(t, folder)
		rewrite(t, attacked, c.change)
		if err := verify(attacked); refusal.Of(err).Code != c.code || refusal.Of(err).Where != c.where {
			t.Errorf("%s: have %v", name, err)
		}
	}
	flipped := copyOf(t, folder)
	flip(t, filepath.Join(flipped, importedName), -1)
	if err := verify(flipped); err == nil {
		t.Error("a byte behind the powers is the file's, too")
	}
	if err := os.Remove(filepath.Join(folder, importedName)); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, verify(folder), "FILE_MISSING", importedName)
	sealed := copyOf(t, known)
	rewrite(t, sealed, func(r *transcript) { r.sealed = &seal{beacon: beacon, source: source} })
	wantRefusal(t, verify(sealed), "NO_CONTRIBUTION", "transcript.cbor.seal")
}

func TestShouldListPublishedFilesAsB2sumWritesThem(t *testing.T) {
	lines := 0
	for line := range bytes.Lines([]byte(publishedSums)) {
		sum, err := hex.DecodeString(string(line[:2*blake2b.Size]))
		if name := published([blake2b.Size]byte(sum)); err != nil || name != string(bytes.TrimSpace(line[2*blake2b.Size:]))+", "+publishedWhere {
			t.Errorf("not a line of b2sum: %s", line)
		}
		lines++
	}
	if lines != domainMost-8+1 {
		t.Errorf("want a file for each power from 8 to %d, have %d", domainMost, lines)
	}
	if published([blake2b.Size]byte{}) != "" {
		t.Error("a sum on no line is not known")
	}
}
