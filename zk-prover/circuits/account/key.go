package account

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"sync"

	"github.com/consensys/gnark-crypto/ecc"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/publicinput"
	"bulwark.io/circuits/refusal"
)

// Name is the circuit's name in requests and file names.
const Name = "account"

// Key is an opened circuit: constraint system, proving and verifying key of one shape.
type Key struct {
	shape   Shape
	system  *cs.R1CS
	proving *groth16.ProvingKey
	vk      []byte
	proofs  sync.Mutex // one proof at a time: a second would only share the same cores and double the memory
}

// KeyDigests say what a set-up wrote.
type KeyDigests struct {
	Constraints    int
	Vk, Pk, System [32]byte
}

// ParseSetup reads the request of a set-up.
func ParseSetup(encoded []byte) (Shape, string, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "setup")
	if document.Fault() != nil {
		return Shape{}, "", document.Fault()
	}
	fields := root.Schema("bulwark-setup", 1, "circuit", "shape", "directory")
	checkName(fields[0])
	shape, directory := readShape(fields[1]), fields[2].Text()
	return shape, directory, document.Fault()
}

// ParseOpen reads the request to open a circuit; an empty digest accepts any verifying key.
func ParseOpen(encoded []byte) (shape Shape, directory string, vkSha []byte, err error) {
	root, document := canonical.Decode(encoded, refusal.Request, "circuit")
	if document.Fault() != nil {
		return Shape{}, "", nil, document.Fault()
	}
	fields := root.Schema("bulwark-circuit", 1, "circuit", "shape", "directory", "vkSha256")
	checkName(fields[0])
	shape, directory, vkSha = readShape(fields[1]), fields[2].Text(), fields[3].Bytes()
	if len(vkSha) != 0 && len(vkSha) != sha256.Size {
		fields[3].Refuse("WRONG_LENGTH")
	}
	return shape, directory, vkSha, document.Fault()
}

func checkName(value canonical.Value) {
	if value.Text() != Name {
		value.Refuse("UNKNOWN_CIRCUIT")
	}
}

// Compile makes the constraint system of a shape.
func Compile(shape Shape) (*cs.R1CS, error) {
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, New(shape))
	if err != nil {
		return nil, err
	}
	return system.(*cs.R1CS), nil
}

// Setup makes the keys of a shape on this machine alone and writes them: whoever made them can forge, so the file names say unsafe.
func Setup(shape Shape, directory string) (KeyDigests, error) {
	if info, err := os.Stat(directory); err != nil || !info.IsDir() {
		return KeyDigests{}, refusal.New(refusal.Key, "KEY_NOT_WRITTEN", "setup.directory")
	}
	system, err := Compile(shape)
	if err != nil {
		return KeyDigests{}, err
	}
	var proving groth16.ProvingKey
	var verifying groth16.VerifyingKey
	if err := groth16.Setup(system, &proving, &verifying); err != nil {
		return KeyDigests{}, err
	}
	digests := KeyDigests{Constraints: system.GetNbConstraints()}
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
			return KeyDigests{}, err
		}
	}
	_, err = writeFile(files.digests, func(w io.Writer) error { _, err := w.Write(digests.encode()); return err })
	return digests, err
}

func (d KeyDigests) encode() []byte {
	return canonical.Encode([]any{"bulwark-key", int64(1), int64(d.Constraints), d.Vk[:], d.Pk[:], d.System[:]})
}

type keyPaths struct{ pk, vk, system, digests string }

func keyFiles(shape Shape, directory string) keyPaths {
	stem := filepath.Join(directory, "unsafe-"+Name+"-"+shape.String())
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
	key := &Key{shape: shape, system: new(cs.R1CS), proving: new(groth16.ProvingKey)}
	for _, file := range []struct {
		path   string
		digest [32]byte
		read   func([]byte) error
	}{
		{files.vk, digests.Vk, func(content []byte) error { key.vk = content; return checkKeyForm(content) }},
		{files.system, digests.System, func(content []byte) error { _, err := key.system.ReadFrom(bytes.NewReader(content)); return err }},
		{files.pk, digests.Pk, func(content []byte) error { return key.proving.ReadDump(bytes.NewReader(content)) }},
	} {
		if err := readFile(file.path, file.digest, file.read); err != nil {
			return nil, err
		}
	}
	return key, key.checkSize(digests.Constraints)
}

func readDigests(path string) (digests KeyDigests, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return digests, refusal.New(refusal.Key, "KEY_MISSING", "%s", filepath.Base(path))
	}
	root, document := canonical.Decode(content, refusal.Key, filepath.Base(path))
	fields := root.Schema("bulwark-key", 1, "constraints", "vk", "pk", "ccs")
	digests = KeyDigests{Constraints: int(fields[0].Int(1, 1<<30)), Vk: fields[1].Digest(), Pk: fields[2].Digest(), System: fields[3].Digest()}
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

// checkSize compares the constraint system with the shape that it is to prove: public and secret inputs, one by one counted.
func (k *Key) checkSize(constraints int) error {
	shapeOf, err := frontend.NewSchema(ecc.BN254.ScalarField(), New(k.shape))
	if err != nil {
		return err
	}
	if k.system.GetNbConstraints() != constraints || k.system.GetNbSecretVariables() != shapeOf.NbSecret ||
		k.system.GetNbPublicVariables() != publicinput.Count+1 {
		return refusal.New(refusal.Key, "KEY_UNREADABLE", "constraint system")
	}
	return nil
}

// Shape is the shape that the key proves.
func (k *Key) Shape() Shape { return k.shape }

// Constraints is the number of constraints.
func (k *Key) Constraints() int { return k.system.GetNbConstraints() }

// VerifyingKey is the encoded verifying key.
func (k *Key) VerifyingKey() []byte { return k.vk }
