package ceremony

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"
	"github.com/consensys/gnark/logger"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/rehearsal"
	"bulwark.io/circuits/verification"
)

func init() { logger.Disable() }

var catalogue = groth.Catalogue{rehearsal.Name: rehearsal.ReadShape}

// toy has about 240 constraints: its domain is 2⁸. What must be refused is shown on small, of about 110 constraints, because a verifier's work grows
// with the domain; it stands on the same powers, which are more than it needs.
var (
	toy   = rehearsal.Shape{Steps: 190}
	small = rehearsal.Shape{Steps: 60}
)

const powersDomain = 8

var (
	contributors = []string{"Ada", "Grace", "Sophie Germain"}
	beacon       = bytes.Repeat([]byte{7}, 32)
)

const source = "hash of a block that was mined after the last contribution"

func requestInitPowers(directory string, domain int) []byte {
	return canonical.Encode([]any{"bulwark-ceremony-init", int64(1), directory, []any{"powers", int64(domain)}})
}

func requestInitCircuit(directory string, shape rehearsal.Shape, powers string) []byte {
	return canonical.Encode([]any{"bulwark-ceremony-init", int64(1), directory, []any{"circuit", rehearsal.Name, []any{int64(shape.Steps)}, powers}})
}

func requestContribute(directory, name string) []byte { return requestSigned(directory, name, "") }

func requestSigned(directory, name, key string) []byte {
	return canonical.Encode([]any{"bulwark-ceremony-contribute", int64(2), directory, name, key})
}

func requestVerify(directory string) []byte { return requestKey(directory, "") }

func requestKey(directory, out string) []byte {
	return canonical.Encode([]any{"bulwark-ceremony-verify", int64(2), directory, out})
}

func requestSeal(directory string, beacon []byte, source, keys string) []byte {
	return canonical.Encode([]any{"bulwark-ceremony-seal", int64(1), directory, beacon, source, keys})
}

// copyOf is a folder to attack.
func copyOf(t *testing.T, folder string) string {
	t.Helper()
	copied := filepath.Join(t.TempDir(), "copy")
	if err := os.CopyFS(copied, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	return copied
}

func wantRefusal(t *testing.T, err error, code, where string) {
	t.Helper()
	if fault := refusal.Of(err); err == nil || fault.Code != code || fault.Where != where {
		t.Errorf("want %s at %s, have %v", code, where, err)
	}
}

func verify(folder string) error {
	_, err := Verify(catalogue, requestVerify(folder))
	return err
}

func flip(t *testing.T, path string, at int) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if at < 0 {
		at += len(content)
	}
	content[at] ^= 1
	if err := os.WriteFile(path, content, fileMode); err != nil {
		t.Fatal(err)
	}
}

func TestShouldProveWithTheKeysOfThreeContributors(t *testing.T) {
	h := ofThree(t)
	if err := verify(h.sealed); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(filepath.Join(h.sealed, transcriptName))
	if err != nil {
		t.Fatal(err)
	}
	key, err := groth.Open(groth.Wanted{Shape: toy, Directory: h.keys})
	if err != nil {
		t.Fatal(err)
	}
	if origin := key.File().Record.Origin; !origin.Ceremony || origin.Transcript != sha(content) || origin.Contributors != 3 || origin.Signed != 3 || !origin.Safe() {
		t.Fatalf("the record must name the transcript and count contributors, all of whom signed; have %+v", origin)
	}
	// Whoever verifies the folder writes the same key file, record and all, as whoever sealed it.
	out := filepath.Join(t.TempDir(), "out.vk")
	if _, err := Verify(catalogue, requestKey(h.sealed, out)); err != nil {
		t.Fatal(err)
	}
	if written, err := os.ReadFile(out); err != nil || !bytes.Equal(written, key.File().Encode()) {
		t.Errorf("the key file must be the seal's: %v", err)
	}
	_, err = Verify(catalogue, requestKey(h.open, out))
	wantRefusal(t, err, "NOT_SEALED", transcriptName)
	_, err = Verify(catalogue, requestKey(h.powers, out))
	wantRefusal(t, err, "NOT_A_CIRCUIT", transcriptName)
	sealed, _, err := readTranscript(catalogue, h.sealed, "")
	if err != nil || sealed.sealed.result != sha(key.VerifyingKey()) {
		t.Fatalf("the transcript must name the verifying key: %v", err)
	}
	var seal, challenge fr.Element
	seal.SetUint64(11)
	challenge.SetUint64(12)
	assignment, public := rehearsal.Assign(toy, seal, challenge, seal, challenge, 1_000)
	proof, err := key.Prove(assignment, public)
	if err != nil {
		t.Fatal(err)
	}
	encoded := groth.PublicInputs(public)
	if err := verification.Verify(key.VerifyingKey(), proof, encoded); err != nil {
		t.Fatal(err)
	}
	for input := range public {
		changed := bytes.Clone(encoded)
		changed[fr.Bytes*(input+1)-1] ^= 1
		if verification.Verify(key.VerifyingKey(), proof, changed) == nil {
			t.Errorf("another public input %d must be refused", input)
		}
	}
}

func TestShouldAddNothingToASealedCeremony(t *testing.T) {
	h := ofThree(t)
	_, err := Seal(catalogue, requestSeal(h.sealed, bytes.Repeat([]byte{8}, 32), source, h.keys))
	wantRefusal(t, err, "ALREADY_SEALED", transcriptName)
	_, err = Seal(catalogue, requestSeal(h.sealed, beacon, "another source", h.keys))
	wantRefusal(t, err, "ALREADY_SEALED", transcriptName)
	_, err = Contribute(catalogue, requestContribute(h.sealed, "late"))
	wantRefusal(t, err, "ALREADY_SEALED", transcriptName)
}

func TestShouldNameTheFileOfWhichAByteWasFlipped(t *testing.T) {
	h := ofThree(t)
	for _, c := range []struct {
		file, code string
		at         int
	}{
		{startName, "DIGEST_DIFFERS", 500}, {"0001.contribution", "DIGEST_DIFFERS", 3}, {"0002.contribution", "DIGEST_DIFFERS", 40},
		{"0003.contribution", "DIGEST_DIFFERS", -1}, {"powers/0001.contribution", "DIGEST_DIFFERS", 1000},
		{"powers/0003.contribution", "DIGEST_DIFFERS", -40},
	} {
		folder := copyOf(t, h.open)
		flip(t, filepath.Join(folder, c.file), c.at)
		wantRefusal(t, verify(folder), c.code, c.file)
	}
}

func TestShouldRefuseEveryFlippedByteOfATranscript(t *testing.T) {
	h := ofThree(t)
	folder := copyOf(t, h.sealed)
	path := filepath.Join(folder, transcriptName)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// The seal at the end takes the whole verification to refuse: its bytes are another test's.
	end := bytes.LastIndex(content, beacon)
	if end < 0 {
		t.Fatal("no seal")
	}
	for at := range content[:end] {
		changed := bytes.Clone(content)
		changed[at] ^= 1
		if err := os.WriteFile(path, changed, fileMode); err != nil {
			t.Fatal(err)
		}
		read, _, err := readTranscript(catalogue, folder, "")
		if err != nil {
			continue
		}
		// What the transcript alone does not show is refused by the circuit or by the files that it names.
		if _, err := openSecond(folder, read); err == nil {
			if second, _ := openSecond(folder, read); second.filesHold() {
				t.Errorf("byte %d may be changed without notice", at)
			}
		}
	}
}

// filesHold is the quick part of verify.
func (s second) filesHold() bool {
	if _, err := s.writtenStart(); err != nil {
		return false
	}
	return s.chain().checkFiles(s.subject.circuit.start) == nil
}

func TestShouldRefuseAResultToWhichTheBeaconDoesNotLead(t *testing.T) {
	for _, folder := range []string{copyOf(t, ofThree(t).open), copyOf(t, ofThree(t).powers)} {
		rewrite(t, folder, func(r *transcript) { r.sealed = &seal{beacon: beacon, source: source, result: digest{1}} })
		wantRefusal(t, verify(folder), "RESULT_DIFFERS", transcriptName)
	}
}

func TestShouldRefuseWhatIsMissing(t *testing.T) {
	h := ofThree(t)
	for _, name := range []string{startName, "0001.contribution", "0003.contribution", transcriptName, "powers/transcript.cbor", "powers/0002.contribution"} {
		folder := copyOf(t, h.open)
		if err := os.Remove(filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
		wantRefusal(t, verify(folder), "FILE_MISSING", name)
	}
}

// rewrite changes a folder's transcript and links it anew, as a coordinator could, who cannot sign for others.
func rewrite(t *testing.T, folder string, change func(*transcript)) {
	t.Helper()
	read, _, err := readTranscript(catalogue, folder, "")
	if err != nil {
		t.Fatal(err)
	}
	change(read)
	entries := read.contributions
	read.contributions = nil
	for i, entry := range entries {
		entry.number, entry.before, entry.key, entry.signature = i+1, read.last(), nil, nil
		read.contributions = append(read.contributions, entry)
	}
	if err := writeFile(folder, transcriptName, read.encode()); err != nil {
		t.Fatal(err)
	}
}

func swapFiles(t *testing.T, folder, one, other string) {
	t.Helper()
	for _, move := range [][2]string{{one, "aside"}, {other, one}, {"aside", other}} {
		if err := os.Rename(filepath.Join(folder, move[0]), filepath.Join(folder, move[1])); err != nil {
			t.Fatal(err)
		}
	}
}

func TestShouldRefuseContributionsOutOfOrder(t *testing.T) {
	h := ofThree(t)
	swapped := copyOf(t, h.open)
	swapFiles(t, swapped, "0002.contribution", "0003.contribution")
	wantRefusal(t, verify(swapped), "DIGEST_DIFFERS", "0002.contribution")
	rewrite(t, swapped, func(r *transcript) {
		r.contributions[1], r.contributions[2] = r.contributions[2], r.contributions[1]
	})
	wantRefusal(t, verify(swapped), "MADE_ON_ANOTHER_STATE", "0002.contribution")

	unlinked := copyOf(t, h.open)
	read, _, err := readTranscript(catalogue, unlinked, "")
	if err != nil {
		t.Fatal(err)
	}
	read.contributions[0] = contribution{number: 1, name: "Mallory", file: read.contributions[0].file, before: read.contributions[0].before}
	if err := writeFile(unlinked, transcriptName, read.encode()); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, verify(unlinked), "CHAIN_BROKEN", "transcript.cbor.contributions[1].before")
}

func TestShouldRefuseAChainWithoutOneOfItsContributions(t *testing.T) {
	folder := copyOf(t, ofThree(t).open)
	rewrite(t, folder, func(r *transcript) { r.contributions = append(r.contributions[:1], r.contributions[2:]...) })
	if err := os.Rename(filepath.Join(folder, "0003.contribution"), filepath.Join(folder, "0002.contribution")); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, verify(folder), "MADE_ON_ANOTHER_STATE", "0002.contribution")
}

// forge puts other bytes in the place of a contribution and links the transcript anew.
func forge(t *testing.T, folder string, index int, content []byte) {
	t.Helper()
	rewrite(t, folder, func(r *transcript) {
		if err := writeFile(folder, r.contributions[index].fileName(), content); err != nil {
			t.Fatal(err)
		}
		r.contributions[index].file = sha(content)
	})
}

func TestShouldRefuseAContributionThatDoesNotProveItsUpdate(t *testing.T) {
	h := ofThree(t)
	folder := copyOf(t, h.open)
	read, _, err := readTranscript(catalogue, folder, "")
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := openSecond(folder, read)
	if err != nil {
		t.Fatal(err)
	}
	last, err := circuit.chain().read(read.contributions[2], read.contributions[1].file)
	if err != nil {
		t.Fatal(err)
	}
	private := last.Parameters.G1.PKK
	private[0], private[1] = private[1], private[0]
	forge(t, folder, 2, encode(last))
	wantRefusal(t, verify(folder), "NOT_PROVED", "0003.contribution")
}

func TestShouldRefusePowersThatDoNotProveTheirUpdate(t *testing.T) {
	h := ofThree(t)
	folder := copyOf(t, h.powers)
	other := filepath.Join(t.TempDir(), "other")
	for _, request := range []func() ([]byte, error){
		func() ([]byte, error) { return Init(catalogue, requestInitPowers(other, powersDomain)) },
		func() ([]byte, error) { return Contribute(catalogue, requestContribute(other, "other")) },
	} {
		if _, err := request(); err != nil {
			t.Fatal(err)
		}
	}
	mine, err := os.ReadFile(filepath.Join(folder, "0001.contribution"))
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile(filepath.Join(other, "0001.contribution"))
	if err != nil {
		t.Fatal(err)
	}
	copy(mine[:3*updateProofBytes], theirs) // their proofs of their secrets, over my powers
	rewrite(t, folder, func(r *transcript) { r.sealed, r.contributions = nil, r.contributions[:1] })
	forge(t, folder, 0, mine)
	wantRefusal(t, verify(folder), "NOT_PROVED", "0001.contribution")
}

func TestShouldRefuseCountsBeforeDecodingThem(t *testing.T) {
	h := ofThree(t)
	read, _, err := readTranscript(catalogue, h.open, "")
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := openSecond(h.open, read)
	if err != nil {
		t.Fatal(err)
	}
	form := circuit.chain().layout
	content, err := os.ReadFile(filepath.Join(h.open, "0003.contribution"))
	if err != nil {
		t.Fatal(err)
	}
	for _, place := range form.counts {
		folder := copyOf(t, h.open)
		changed := bytes.Clone(content)
		changed[place.offset] = 0x10 // 2²⁸ points, were they decoded
		forge(t, folder, 2, changed)
		wantRefusal(t, verify(folder), "BAD_CONTRIBUTION", "0003.contribution")
	}
	longer := copyOf(t, h.open)
	forge(t, longer, 2, append(bytes.Clone(content), 0))
	wantRefusal(t, verify(longer), "WRONG_LENGTH", "0003.contribution")

	powers := copyOf(t, h.powers)
	first, err := os.ReadFile(filepath.Join(powers, "0003.contribution"))
	if err != nil {
		t.Fatal(err)
	}
	first[powersLayout(powersDomain).counts[0].offset] = 0x10
	forge(t, powers, 2, first)
	wantRefusal(t, verify(powers), "BAD_CONTRIBUTION", "0003.contribution")
}

func TestShouldRefuseTheSecondPhaseOfAnotherCircuit(t *testing.T) {
	h := ofThree(t)
	content, err := os.ReadFile(filepath.Join(h.sealed, "0001.contribution"))
	if err != nil {
		t.Fatal(err)
	}
	folder := copyOf(t, h.open)
	forge(t, folder, 0, content)
	wantRefusal(t, verify(folder), "WRONG_LENGTH", "0001.contribution")

	renamed := copyOf(t, h.open)
	rewrite(t, renamed, func(r *transcript) {
		r.subject.circuit.shape, r.subject.circuit.shapeContent = toy, []any{int64(toy.Steps)}
	})
	wantRefusal(t, verify(renamed), "CIRCUIT_DIFFERS", transcriptName)
}

// A first state that somebody made up, with digest and all, is found because a verifier computes it anew.
func TestShouldRefuseAFirstStateThatThePowersDoNotImply(t *testing.T) {
	folder := copyOf(t, ofThree(t).open)
	read, _, err := readTranscript(catalogue, folder, "")
	if err != nil {
		t.Fatal(err)
	}
	circuit, err := openSecond(folder, read)
	if err != nil {
		t.Fatal(err)
	}
	start, err := circuit.writtenStart()
	if err != nil {
		t.Fatal(err)
	}
	start.Parameters.G1.PKK[0] = start.Parameters.G1.PKK[1]
	content := encode(start)
	if err := writeFile(folder, startName, content); err != nil {
		t.Fatal(err)
	}
	rewrite(t, folder, func(r *transcript) { r.subject.circuit.start, r.contributions = sha(content), nil })
	wantRefusal(t, verify(folder), "START_DIFFERS", startName)
}

func TestShouldRefuseOtherPowersThanThoseOfTheTranscript(t *testing.T) {
	h := ofThree(t)
	folder := copyOf(t, h.open)
	rewrite(t, folder, func(r *transcript) { r.subject.circuit.powers[0] ^= 1; r.contributions = nil })
	wantRefusal(t, verify(folder), "POWERS_DIFFER", "powers/transcript.cbor")

	unsealed := copyOf(t, h.powers)
	rewrite(t, unsealed, func(r *transcript) { r.sealed = nil })
	_, err := Init(catalogue, requestInitCircuit(filepath.Join(t.TempDir(), "new"), toy, unsealed))
	wantRefusal(t, err, "NOT_SEALED", "powers/transcript.cbor")
	_, err = Init(catalogue, requestInitCircuit(filepath.Join(t.TempDir(), "new"), toy, h.open))
	wantRefusal(t, err, "NOT_POWERS", "powers/transcript.cbor")
	_, err = Init(catalogue, requestInitCircuit(filepath.Join(t.TempDir(), "new"), rehearsal.Shape{Steps: 300}, h.powers))
	wantRefusal(t, err, "POWERS_TOO_FEW", "powers/transcript.cbor")
}

func TestShouldRefuseUnsafeKeysWhereACeremonysAreWanted(t *testing.T) {
	directory := t.TempDir()
	if _, err := groth.Setup(toy, directory); err != nil {
		t.Fatal(err)
	}
	h := ofThree(t)
	made, err := groth.Open(groth.Wanted{Shape: toy, Directory: h.keys})
	if err != nil {
		t.Fatal(err)
	}
	identity := made.File().Record.Identity()
	wanted := groth.Wanted{Shape: toy, Directory: directory, Identity: identity[:]}
	_, err = groth.Open(wanted)
	wantRefusal(t, err, "KEY_DIGEST_DIFFERS", "circuit.key")
	for _, ending := range []string{".pk", ".vk", ".ccs", ".digests"} { // a new name does not make it another key
		if err := os.Rename(filepath.Join(directory, "unsafe-rehearsal-190"+ending), filepath.Join(directory, "rehearsal-190"+ending)); err != nil {
			t.Fatal(err)
		}
	}
	_, err = groth.Open(wanted)
	wantRefusal(t, err, "KEY_DIGEST_DIFFERS", "circuit.key")
}

func TestShouldRefuseRequestsThatCannotBe(t *testing.T) {
	h := ofThree(t)
	empty := filepath.Join(t.TempDir(), "empty")
	if _, err := Init(catalogue, requestInitPowers(empty, domainLeast)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		run         func(groth.Catalogue, []byte) ([]byte, error)
		request     []byte
		code, where string
	}{
		{Init, requestInitPowers(empty, domainLeast), "NOT_EMPTY", "directory"},
		{Init, requestInitPowers(empty, domainMost+1), "OUT_OF_RANGE", "ceremony.subject.domain"},
		{Contribute, requestContribute(empty, ""), "OUT_OF_RANGE", "ceremony.name"},
		{Contribute, requestContribute(empty, "two\nlines"), "OUT_OF_RANGE", "ceremony.name"},
		{Contribute, requestContribute(empty, strings.Repeat("x", nameBytesMax+1)), "OUT_OF_RANGE", "ceremony.name"},
		{Contribute, requestContribute(h.keys, "nobody"), "FILE_MISSING", transcriptName},
		{Seal, requestSeal(empty, beacon, source, ""), "NO_CONTRIBUTION", transcriptName},
		{Seal, requestSeal(h.open, beacon[:beaconLeast-1], source, h.keys), "OUT_OF_RANGE", "ceremony.beacon"},
		{Seal, requestSeal(h.open, beacon, "", h.keys), "OUT_OF_RANGE", "ceremony.source"},
		{Seal, requestSeal(h.open, beacon, source, filepath.Join(h.root, "absent")), "KEY_NOT_WRITTEN", "ceremony.keys"},
	} {
		_, err := c.run(catalogue, c.request)
		wantRefusal(t, err, c.code, c.where)
	}
}

// A hundred bytes of transcript name a domain of 2²⁴, whose states have gigabytes.
func TestShouldNotMakeAStateOfTheSizeThatATranscriptClaims(t *testing.T) {
	huge := copyOf(t, ofThree(t).powers)
	rewrite(t, huge, func(r *transcript) { r.subject.domain, r.sealed = domainMost, nil })
	empty := filepath.Join(t.TempDir(), "empty")
	if _, err := Init(catalogue, requestInitPowers(empty, domainMost)); err != nil {
		t.Fatal(err)
	}
	sealed := copyOf(t, empty)
	rewrite(t, sealed, func(r *transcript) { r.sealed = &seal{beacon: beacon, source: source} })
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	wantRefusal(t, verify(huge), "WRONG_LENGTH", "0001.contribution")
	if err := verify(empty); err != nil {
		t.Error(err)
	}
	wantRefusal(t, verify(sealed), "NO_CONTRIBUTION", "transcript.cbor.seal")
	runtime.ReadMemStats(&after)
	if allocated := after.TotalAlloc - before.TotalAlloc; allocated > 1<<20 {
		t.Errorf("%d bytes were allocated for a claim", allocated)
	}
}

// Two contributions on the same state, and two runs of the same steps, must not be alike: the secrets come from the system's generator.
func TestShouldDrawANewSecretForEveryContribution(t *testing.T) {
	read := &transcript{subject: subject{domain: domainLeast}}
	folder := powers{"", "", read}
	one, err := folder.chain().contribute(folder.start)
	if err != nil {
		t.Fatal(err)
	}
	other, err := folder.chain().contribute(folder.start)
	if err != nil || bytes.Equal(one, other) {
		t.Fatalf("contributions must differ: %v", err)
	}
	if int64(len(one)) != powersLayout(domainLeast).length {
		t.Fatalf("want %d bytes, have %d", powersLayout(domainLeast).length, len(one))
	}
	if digestOf(mpcsetup.NewPhase1(1<<domainLeast)) != digest(one[len(one)-len(digest{}):]) {
		t.Fatal("a contribution must end with the digest of the state that it was made on")
	}
}

func TestShouldNotOverwriteWhatSomebodyElseContributedMeanwhile(t *testing.T) {
	folder := copyOf(t, ofThree(t).open)
	slower, before, err := readTranscript(catalogue, folder, "")
	if err != nil {
		t.Fatal(err)
	}
	content, err := slower.contribute(folder)
	if err != nil {
		t.Fatal(err)
	}
	entry := contribution{number: len(slower.contributions) + 1, name: "the slower", file: sha(content), before: slower.last()}
	if _, err := Contribute(catalogue, requestContribute(folder, "the quicker")); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, slower.replace(folder, before), "CHANGED_MEANWHILE", transcriptName)
	wantRefusal(t, slower.add(folder, before, entry, content), "CHANGED_MEANWHILE", transcriptName)
	if err := verify(folder); err != nil {
		t.Fatalf("what the quicker contributed must stand: %v", err)
	}
}
