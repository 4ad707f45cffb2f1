package ceremony

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/internal/witnesstest"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/rehearsal"
)

// tiny has fewer than 128 constraints: its ceremonies take moments.
var tiny = rehearsal.Shape{Steps: 40}

const tinyDomain = 7

// signedPowers are sealed powers of a domain with one contribution for each key; "" stands for a contribution that nobody signs.
func signedPowers(t *testing.T, domain int, keys ...string) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "powers")
	take(t, Init, requestInitPowers(folder, domain))
	contributeAll(t, folder, keys...)
	take(t, Seal, requestSeal(folder, beacon, source, ""))
	return folder
}

func take(t *testing.T, step func(groth.Catalogue, []byte) ([]byte, error), request []byte) counts {
	t.Helper()
	status, err := step(catalogue, request)
	if err != nil {
		t.Fatal(err)
	}
	return countsOf(t, status)
}

func contributeAll(t *testing.T, folder string, keys ...string) {
	t.Helper()
	for i, key := range keys {
		take(t, Contribute, requestSigned(folder, "contributor "+strconv.Itoa(i), key))
	}
}

// counts are what a status says of contributors: in this folder, and behind the powers where the step verified some.
type counts struct {
	signed, powers int
	published      string
}

func countsOf(t *testing.T, status []byte) counts {
	t.Helper()
	root, document := canonical.Decode(status, refusal.Ceremony, "status")
	f := root.Tuple("circuit", "shape", "domain", "constraints", "contributions", "seal", "transcript", "keys", "signed", "powers")
	has := counts{signed: int(f[8].Int(0, contributionsMax)), powers: -1}
	if below := f[9].Items(); len(below) == 1 {
		standing := below[0].Tuple("signed", "imported")
		has.powers = int(standing[0].Int(0, contributionsMax))
		if imported := standing[1].Items(); len(imported) == 1 {
			has.published = imported[0].Tuple("name", "sha256", "points", "published")[3].Text()
		}
	}
	if document.Fault() != nil {
		t.Fatal(document.Fault())
	}
	return has
}

func keyFiles(t *testing.T, n int) []string {
	t.Helper()
	folder := t.TempDir()
	keys := make([]string, n)
	for i := range keys {
		keys[i] = filepath.Join(folder, strconv.Itoa(i)+".key")
	}
	return keys
}

func TestShouldCountDifferentKeysThatSigned(t *testing.T) {
	key := keyFiles(t, 3)
	for name, c := range map[string]struct {
		keys []string
		want int
	}{
		"nobody signed":       {[]string{"", "", ""}, 0},
		"one of three signed": {[]string{"", key[0], ""}, 1},
		"two":                 {key[:2], 2},
		"one key three times": {[]string{key[0], key[0], key[0]}, 1},
		"one key twice":       {[]string{key[0], key[1], key[0]}, 2},
		"three":               {key, 3},
	} {
		folder := signedPowers(t, domainLeast, c.keys...)
		if has := take(t, Verify, requestVerify(folder)); has.signed != c.want || has.powers != c.want {
			t.Errorf("%s: want %d signed, have %+v", name, c.want, has)
		}
	}
}

// Whoever knows the secrets of the powers forges under every key that stands on them: a second phase with many signatures on powers of one
// machine is one machine's.
func TestShouldCountNoMoreContributorsThanThePowersHave(t *testing.T) {
	witnesstest.FullTier(t)
	key := keyFiles(t, 3)
	for want, powers := range [][]string{{""}, key[:1], key[:2], key} {
		folder := filepath.Join(t.TempDir(), "second")
		take(t, Init, requestInitCircuit(folder, tiny, signedPowers(t, tinyDomain, powers...)))
		contributeAll(t, folder, key...)
		has := take(t, Verify, requestVerify(folder))
		if has.signed != 3 || has.powers != want {
			t.Errorf("want 3 signed on powers of %d, have %+v", want, has)
		}
		if covered := (standing{signed: has.powers}).covers(has.signed); covered != want {
			t.Errorf("want %d contributors behind the key, have %d", want, covered)
		}
	}
}

// edit changes the entries of a folder's transcript and links nothing anew.
func edit(t *testing.T, folder string, change func([]contribution)) {
	t.Helper()
	read, _, err := readTranscript(catalogue, folder, "")
	if err != nil {
		t.Fatal(err)
	}
	change(read.contributions)
	if err := writeFile(folder, transcriptName, read.encode()); err != nil {
		t.Fatal(err)
	}
}

func TestShouldRefuseASignatureOnAnythingElse(t *testing.T) {
	key := keyFiles(t, 3)
	folder, other := signedPowers(t, domainLeast, key...), signedPowers(t, domainLeast+1, key...)
	another, _, err := readTranscript(catalogue, other, "")
	if err != nil {
		t.Fatal(err)
	}
	mallory := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	for name, change := range map[string]func(*transcript, *contribution){
		"of another number": func(r *transcript, c *contribution) {
			c.key, c.signature = r.contributions[1].key, r.contributions[1].signature
		},
		"of another ceremony": func(_ *transcript, c *contribution) { c.signature = another.contributions[2].signature },
		"by another key":      func(_ *transcript, c *contribution) { c.key = mallory.Public().(ed25519.PublicKey) },
		"under another name":  func(_ *transcript, c *contribution) { c.name = "Mallory" },
		"on another file":     func(_ *transcript, c *contribution) { c.file[0] ^= 1 },
		"without a key":       func(_ *transcript, c *contribution) { c.key = nil },
		"that is missing":     func(_ *transcript, c *contribution) { c.signature = nil },
		"cut short":           func(_ *transcript, c *contribution) { c.signature = c.signature[:63] },
		"by a short key":      func(_ *transcript, c *contribution) { c.key = c.key[:31] },
	} {
		attacked := copyOf(t, folder)
		read, _, err := readTranscript(catalogue, attacked, "")
		if err != nil {
			t.Fatal(err)
		}
		edit(t, attacked, func(entries []contribution) { change(read, &entries[2]) })
		if err := verify(attacked); refusal.Of(err).Code != "BAD_SIGNATURE" || refusal.Of(err).Where != "transcript.cbor.contributions[2].signature" {
			t.Errorf("a signature %s: have %v", name, err)
		}
	}
	// Without their keys the same contributions stand, and count for nobody.
	edit(t, folder, func(entries []contribution) { entries[2].key, entries[2].signature = nil, nil })
	if has := take(t, Verify, requestVerify(folder)); has.signed != 2 {
		t.Errorf("want 2 signed, have %+v", has)
	}
}

// Anybody signs with three keys of his own: what a transcript says of a key that one machine made is found by whoever verifies the folder.
func TestShouldRefuseAHandmadeTranscriptThatNamesAnUnsafeKey(t *testing.T) {
	witnesstest.FullTier(t)
	key := keyFiles(t, 3)
	folder, unsafe := filepath.Join(t.TempDir(), "second"), t.TempDir()
	take(t, Init, requestInitCircuit(folder, tiny, signedPowers(t, tinyDomain, key...)))
	contributeAll(t, folder, key...)
	if _, err := groth.Setup(tiny, unsafe); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(unsafe, "*.vk"))
	if err != nil || len(files) != 1 {
		t.Fatal("no key", err)
	}
	vk, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	read, _, err := readTranscript(catalogue, folder, "")
	if err != nil {
		t.Fatal(err)
	}
	read.sealed = &seal{beacon: beacon, source: source, result: sha256.Sum256(vk[max(0, len(vk)-656):])}
	if err := writeFile(folder, transcriptName, read.encode()); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, verify(folder), "RESULT_DIFFERS", transcriptName)

	read.contributions = nil
	for i := range 3 {
		made := contribution{number: i + 1, name: "somebody", file: digest{byte(i)}, before: read.last()}
		read.contributions = append(read.contributions, read.sign(made, ed25519.NewKeyFromSeed(bytes.Repeat([]byte{byte(i)}, ed25519.SeedSize))))
	}
	if err := writeFile(folder, transcriptName, read.encode()); err != nil {
		t.Fatal(err)
	}
	wantRefusal(t, verify(folder), "DIGEST_DIFFERS", "0001.contribution")
}

func TestShouldKeepAContributorsKeyToItsOwner(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "powers")
	take(t, Init, requestInitPowers(folder, domainLeast))
	file := keyFiles(t, 1)[0]
	contributeAll(t, folder, file, file)
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != secretFileMode {
		t.Fatalf("a new key must be its owner's alone: %v %v", info, err)
	}
	for code, spoil := range map[string]func() error{
		"KEY_EXPOSED":    func() error { return os.Chmod(file, 0o640) },
		"KEY_UNREADABLE": func() error { return os.WriteFile(file, []byte("no key"), secretFileMode) },
	} {
		content, err := os.ReadFile(file)
		if err != nil || spoil() != nil {
			t.Fatal(err)
		}
		_, err = Contribute(catalogue, requestSigned(folder, "Ada", file))
		wantRefusal(t, err, code, "ceremony.signWith")
		if os.WriteFile(file, content, secretFileMode) != nil || os.Chmod(file, secretFileMode) != nil {
			t.Fatal("not restored")
		}
	}
	_, err := Contribute(catalogue, requestSigned(folder, "Ada", filepath.Join(file, "absent")))
	wantRefusal(t, err, "KEY_UNREADABLE", "ceremony.signWith")
	_, err = Contribute(catalogue, requestSigned(folder, "Ada", filepath.Join(t.TempDir(), "absent", "key")))
	wantRefusal(t, err, "KEY_NOT_WRITTEN", "ceremony.signWith")
}
