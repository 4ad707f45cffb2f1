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
	Origin         Origin
	Constraints    int
	Vk, Pk, System [32]byte
}

// Origin says who made keys: one machine, which could forge, or a ceremony, whose transcript anybody can verify.
type Origin struct {
	transcript [sha256.Size]byte
	ceremony   bool
}

// Unsafe is the origin of keys that one machine made.
var Unsafe Origin

// Ceremony is the origin of keys that a ceremony with this transcript made.
func Ceremony(transcript [sha256.Size]byte) Origin {
	return Origin{transcript: transcript, ceremony: true}
}

// bytes are the transcript's digest, or nothing for unsafe keys.
func (o Origin) bytes() []byte {
	if o.ceremony {
		return o.transcript[:]
	}
	return []byte{}
}

// String is the word that labels keys.
func (o Origin) String() string {
	if o.ceremony {
		return "ceremony"
	}
	return "unsafe"
}

func readOrigin(value canonical.Value) Origin {
	if digest := optionalDigest(value); len(digest) == sha256.Size {
		return Ceremony([sha256.Size]byte(digest))
	}
	return Unsafe
}

// Setup makes the keys of a shape on this machine alone and writes them: whoever made them can forge, so the file names say unsafe.
func Setup(shape Shape, directory string) (Digests, error) {
	if err := CheckDirectory(directory, "setup.directory"); err != nil {
		return Digests{}, err
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
	return Write(shape, directory, system, &proving, &verifying, Unsafe)
}

// CheckDirectory refuses a directory that is none, before any work is done for it.
func CheckDirectory(directory, where string) error {
	if info, err := os.Stat(directory); err != nil || !info.IsDir() {
		return refusal.New(refusal.Key, "KEY_NOT_WRITTEN", "%s", where)
	}
	return nil
}

// Write writes the keys of a shape and their digests, under names that say where they come from.
func Write(shape Shape, directory string, system *cs.R1CS, proving *groth16.ProvingKey, verifying *groth16.VerifyingKey, origin Origin) (Digests, error) {
	digests := Digests{Constraints: system.GetNbConstraints(), Origin: origin}
	files := keyFiles(shape, directory, origin)
	var err error
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

// dumpFormat names the layout of a .pk, which is a memory dump of these versions' structures and of no others'.
const dumpFormat = "gnark v0.16.1, gnark-crypto v0.21.0"

func (d Digests) encode() []byte {
	return canonical.Encode([]any{"bulwark-key", int64(2), d.Origin.String(), d.Origin.bytes(), dumpFormat, int64(d.Constraints), d.Vk[:], d.Pk[:], d.System[:]})
}

type keyPaths struct{ pk, vk, system, digests string }

func keyFiles(shape Shape, directory string, origin Origin) keyPaths {
	stem := shape.Circuit() + "-" + shape.String()
	if origin == Unsafe {
		stem = "unsafe-" + stem
	}
	stem = filepath.Join(directory, stem)
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

// Open reads the keys of a shape. They must be of the wanted origin. Every file must have the digest that was noted when it was written, so
// a file cut short or of another set-up is refused before it is decoded; the verifying key must also be the expected one.
func Open(wanted Wanted) (*Key, error) {
	shape := wanted.Shape
	files := keyFiles(shape, wanted.Directory, wanted.Origin)
	digests, err := readDigests(files.digests)
	if err != nil {
		return nil, wanted.refuseUnsafe(err)
	}
	if digests.Origin != wanted.Origin {
		return nil, refusal.New(refusal.Key, "KEY_ORIGIN_DIFFERS", "circuit.transcriptSha256")
	}
	if len(wanted.VkSha) != 0 && !bytes.Equal(wanted.VkSha, digests.Vk[:]) {
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

// refuseUnsafe says by name that only unsafe keys lie where keys of a ceremony are wanted; otherwise it gives the fault.
func (w Wanted) refuseUnsafe(fault error) error {
	if w.Origin != Unsafe {
		unsafe := keyFiles(w.Shape, w.Directory, Unsafe).digests
		if _, err := os.Stat(unsafe); err == nil {
			return refusal.New(refusal.Key, "KEY_UNSAFE", "%s", filepath.Base(unsafe))
		}
	}
	return fault
}

func readDigests(path string) (digests Digests, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return digests, refusal.New(refusal.Key, "KEY_MISSING", "%s", filepath.Base(path))
	}
	root, document := canonical.Decode(content, refusal.Key, filepath.Base(path))
	if document.Fault() != nil {
		return digests, document.Fault()
	}
	fields := root.Schema("bulwark-key", 2, "origin", "transcriptSha256", "dump", "constraints", "vk", "pk", "ccs")
	digests = Digests{Origin: readOrigin(fields[1]), Constraints: int(fields[3].Int(1, 1<<30)), Vk: fields[4].Digest(), Pk: fields[5].Digest(),
		System: fields[6].Digest()}
	if fields[0].Text() != digests.Origin.String() {
		fields[0].Refuse("OUT_OF_RANGE")
	}
	if fields[2].Text() != dumpFormat {
		fields[2].Refuse("KEY_UNREADABLE")
	}
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
