package ceremony

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/hex"
	"os"
	"strings"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

// secretFileMode lets nobody but its owner read a contributor's key.
const secretFileMode = 0o600

// statement is what a contributor signs. It names the subject, so that a signature is of no use in another ceremony, and through the link
// before everything up to this entry.
func (t *transcript) statement(entry contribution) []byte {
	subject := t.subject.digest()
	return canonical.Encode([]any{"bulwark-contribution", int64(1), subject[:], int64(entry.number), entry.name, entry.file[:], entry.before[:]})
}

func (t *transcript) sign(entry contribution, key ed25519.PrivateKey) contribution {
	entry.key, entry.signature = key.Public().(ed25519.PublicKey), ed25519.Sign(key, t.statement(entry))
	return entry
}

// signatureHolds: an entry is signed by the key that it names, or has neither key nor signature.
func (t *transcript) signatureHolds(entry contribution) bool {
	if len(entry.key) == 0 && len(entry.signature) == 0 {
		return true
	}
	return len(entry.key) == ed25519.PublicKeySize && ed25519.Verify(entry.key, t.statement(entry), entry.signature)
}

// signers counts the contributors of a transcript: different keys that signed. Whoever contributes twice is one contributor, and a
// contribution that nobody signed is nobody's.
func (t *transcript) signers() int {
	keys := map[string]bool{}
	for _, entry := range t.contributions {
		if len(entry.key) != 0 {
			keys[string(entry.key)] = true
		}
	}
	return len(keys)
}

// contributorKey is the Ed25519 key of a file, 64 hexadecimal digits that nobody but their owner may read; the first time a new one, kept there.
func contributorKey(path string) (ed25519.PrivateKey, error) {
	refuse := func(code string) (ed25519.PrivateKey, error) {
		return nil, refusal.New(refusal.Request, code, "ceremony.signWith")
	}
	info, err := os.Stat(path)
	if os.IsNotExist(err) {
		seed := make([]byte, ed25519.SeedSize)
		rand.Read(seed)
		if writeSecret(path, hex.EncodeToString(seed)) != nil {
			return refuse("KEY_NOT_WRITTEN")
		}
		return ed25519.NewKeyFromSeed(seed), nil
	}
	switch {
	case err != nil || !info.Mode().IsRegular():
		return refuse("KEY_UNREADABLE")
	case info.Mode().Perm() != secretFileMode:
		return refuse("KEY_EXPOSED")
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return refuse("KEY_UNREADABLE")
	}
	seed, err := hex.DecodeString(strings.TrimSpace(string(content)))
	if err != nil || len(seed) != ed25519.SeedSize {
		return refuse("KEY_UNREADABLE")
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// writeSecret writes a file that was not there; somebody else's, made meanwhile, stays.
func writeSecret(path, content string) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, secretFileMode)
	if err != nil {
		return err
	}
	if _, err := file.WriteString(content); err != nil {
		file.Close()
		os.Remove(path)
		return err
	}
	return file.Close()
}
