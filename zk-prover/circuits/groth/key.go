package groth

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// Key is an opened circuit: constraint system, proving and verifying key of one shape.
type Key struct {
	shape       Shape
	systems     *systems
	proving     *groth16.ProvingKey
	vk          []byte
	constraints int
}

// Digests say what a set-up wrote.
type Digests struct {
	Constraints    int
	Vk, Pk, System [32]byte
}

// Setup makes the keys of a shape on this machine alone and writes them: whoever made them can forge, so the file names say unsafe.
func Setup(shape Shape, directory string) (Digests, error) {
	if info, err := os.Stat(directory); err != nil || !info.IsDir() {
		return Digests{}, refusal.New(refusal.Key, "KEY_NOT_WRITTEN", "setup.directory")
	}
	system, err := Compile(shape)
	if err != nil {
		return Digests{}, err
	}
	var proving groth16.ProvingKey
	var verifying groth16.VerifyingKey
	if err := groth16.Setup(system, &proving, &verifying); err != nil {
		return Digests{}, err
	}
	digests := Digests{Constraints: system.GetNbConstraints()}
	files := keyFiles(shape, directory)
	for _, file := range []struct {
		path   string
		digest *[32]byte
		write  func(io.Writer) error
	}{
		{files.pk, &digests.Pk, proving.WriteDump},
		{files.vk, &digests.Vk, func(w io.Writer) error { _, err := verifying.WriteTo(w); return err }},
		{files.system, &digests.System, func(w io.Writer) error { _, err := system.WriteTo(w); return err }},
	} {
		if *file.digest, err = writeFile(file.path, file.write); err != nil {
			return Digests{}, err
		}
	}
	_, err = writeFile(files.digests, func(w io.Writer) error { _, err := w.Write(digests.encode()); return err })
	return digests, err
}

func (d Digests) encode() []byte {
	return canonical.Encode([]any{"bulwark-key", int64(1), int64(d.Constraints), d.Vk[:], d.Pk[:], d.System[:]})
}

type keyPaths struct{ pk, vk, system, digests string }

func keyFiles(shape Shape, directory string) keyPaths {
	stem := filepath.Join(directory, "unsafe-"+shape.Circuit()+"-"+shape.String())
	return keyPaths{pk: stem + ".pk", vk: stem + ".vk", system: stem + ".ccs", digests: stem + ".digests"}
}

// keyFileMode: keys hold no secret of an owner.
const keyFileMode = 0o644

// writeFile writes beside the target and renames, so that no reader meets half a key, and gives the SHA-256 of what it wrote.
func writeFile(path string, write func(io.Writer) error) (digest [32]byte, err error) {
	failed := refusal.New(refusal.Key, "KEY_NOT_WRITTEN", "%s", filepath.Base(path))
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return digest, failed
	}
	defer os.Remove(file.Name())
	defer file.Close()
	hash := sha256.New()
	buffered := bufio.NewWriterSize(io.MultiWriter(file, hash), 1<<20)
	if file.Chmod(keyFileMode) != nil || write(buffered) != nil || buffered.Flush() != nil || file.Close() != nil || os.Rename(file.Name(), path) != nil {
		return digest, failed
	}
	return [32]byte(hash.Sum(nil)), nil
}

// Open reads the keys of a shape. Every file must have the digest that the set-up noted, so a file cut short or of another set-up is
// refused before it is decoded; the verifying key must also be the expected one.
func Open(shape Shape, directory string, vkSha []byte) (*Key, error) {
	files := keyFiles(shape, directory)
	digests, err := readDigests(files.digests)
	if err != nil {
		return nil, err
	}
	if len(vkSha) != 0 && !bytes.Equal(vkSha, digests.Vk[:]) {
		return nil, refusal.New(refusal.Key, "KEY_DIGEST_DIFFERS", "circuit.vkSha256")
	}
	key := &Key{shape: shape, proving: new(groth16.ProvingKey), constraints: digests.Constraints}
	for _, file := range []struct {
		path   string
		digest [32]byte
		read   func([]byte) error
	}{
		{files.vk, digests.Vk, func(content []byte) error { key.vk = content; return verification.CheckKey(content) }},
		{files.pk, digests.Pk, func(content []byte) error { return key.proving.ReadDump(bytes.NewReader(content)) }},
	} {
		if err := readFile(file.path, file.digest, file.read); err != nil {
			return nil, err
		}
	}
	read := func() (*cs.R1CS, error) { return readSystem(shape, files.system, digests) }
	system, err := read()
	if err != nil {
		return nil, err
	}
	key.systems = newSystems(system, read)
	return key, nil
}

// Compiled is a circuit without keys: it solves and proves nothing.
func Compiled(shape Shape) (*Key, error) {
	compile := func() (*cs.R1CS, error) { return Compile(shape) }
	system, err := compile()
	if err != nil {
		return nil, err
	}
	return &Key{shape: shape, systems: newSystems(system, compile), constraints: system.GetNbConstraints()}, nil
}

func readDigests(path string) (digests Digests, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return digests, refusal.New(refusal.Key, "KEY_MISSING", "%s", filepath.Base(path))
	}
	root, document := canonical.Decode(content, refusal.Key, filepath.Base(path))
	fields := root.Schema("bulwark-key", 1, "constraints", "vk", "pk", "ccs")
	digests = Digests{Constraints: int(fields[0].Int(1, 1<<30)), Vk: fields[1].Digest(), Pk: fields[2].Digest(), System: fields[3].Digest()}
	return digests, document.Fault()
}

func readFile(path string, digest [32]byte, read func([]byte) error) error {
	content, err := os.ReadFile(path)
	switch {
	case err != nil:
		return refusal.New(refusal.Key, "KEY_MISSING", "%s", filepath.Base(path))
	case sha256.Sum256(content) != digest:
		return refusal.New(refusal.Key, "KEY_DIGEST_DIFFERS", "%s", filepath.Base(path))
	case read(content) != nil:
		return refusal.New(refusal.Key, "KEY_UNREADABLE", "%s", filepath.Base(path))
	default:
		return nil
	}
}

// readSystem reads a constraint system and compares it with the shape that it is to prove: public and secret inputs, one by one counted.
func readSystem(shape Shape, path string, digests Digests) (*cs.R1CS, error) {
	system := new(cs.R1CS)
	decode := func(content []byte) error { _, err := system.ReadFrom(bytes.NewReader(content)); return err }
	if err := readFile(path, digests.System, decode); err != nil {
		return nil, err
	}
	inputs, err := frontend.NewSchema(ecc.BN254.ScalarField(), shape.Empty())
	if err != nil {
		return nil, err
	}
	if system.GetNbConstraints() != digests.Constraints || system.GetNbSecretVariables() != inputs.NbSecret ||
		system.GetNbPublicVariables() != publicinput.Count+1 {
		return nil, refusal.New(refusal.Key, "KEY_UNREADABLE", "constraint system")
	}
	return system, nil
}

// Shape is the shape that the key proves.
func (k *Key) Shape() Shape { return k.shape }

// Constraints is the number of constraints.
func (k *Key) Constraints() int { return k.constraints }

// VerifyingKey is the encoded verifying key.
func (k *Key) VerifyingKey() []byte { return k.vk }
