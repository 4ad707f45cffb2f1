package groth

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	groth16 "github.com/consensys/gnark/backend/groth16/bn254"
	cs "github.com/consensys/gnark/constraint/bn254"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// Key is an opened circuit: constraint system, proving and verifying key of one shape.
type Key struct {
	shape   Shape
	systems *systems
	proving *groth16.ProvingKey
	record  verification.KeyRecord
	vk      []byte
}

// Written says what a set-up or a ceremony wrote.
type Written struct {
	Record verification.KeyRecord
	Pk     [sha256.Size]byte
}

// Setup makes the keys of a shape on this machine alone and writes them: whoever made them can forge, and their record says so.
func Setup(shape Shape, directory string) (Written, error) {
	if err := CheckDirectory(directory, "setup.directory"); err != nil {
		return Written{}, err
	}
	system, err := Compile(shape)
	if err != nil {
		return Written{}, err
	}
	var proving groth16.ProvingKey
	var verifying groth16.VerifyingKey
	if err := groth16.Setup(system, &proving, &verifying); err != nil {
		return Written{}, err
	}
	return Write(shape, directory, system, &proving, &verifying, verification.Unsafe)
}

// CheckDirectory refuses a directory that is none, before any work is done for it.
func CheckDirectory(directory, where string) error {
	if info, err := os.Stat(directory); err != nil || !info.IsDir() {
		return refusal.New(refusal.Key, "KEY_NOT_WRITTEN", "%s", where)
	}
	return nil
}

// Write writes the keys of a shape with their record, and what only provers need: the dump of the proving key and the compiled circuit.
func Write(shape Shape, directory string, system *cs.R1CS, proving *groth16.ProvingKey, verifying *groth16.VerifyingKey,
	origin verification.Origin) (written Written, err error) {
	vk := new(bytes.Buffer)
	if _, err := verifying.WriteTo(vk); err != nil {
		return written, err
	}
	files := keyFiles(shape, directory, origin)
	if written.Pk, err = writeFile(files.pk, proving.WriteDump); err != nil {
		return written, err
	}
	compiled, err := writeFile(files.system, func(w io.Writer) error { _, err := system.WriteTo(w); return err })
	if err != nil {
		return written, err
	}
	written.Record = recordOf(shape, system, compiled, sha256.Sum256(vk.Bytes()), origin)
	key := verification.KeyFile{Record: written.Record, Vk: vk.Bytes()}
	for _, file := range []struct {
		path    string
		content []byte
	}{{files.vk, key.Encode()}, {files.digests, written.encode()}} {
		if _, err = writeFile(file.path, func(w io.Writer) error { _, err := w.Write(file.content); return err }); err != nil {
			return written, err
		}
	}
	return written, nil
}

func recordOf(shape Shape, system *cs.R1CS, compiled, vk [sha256.Size]byte, origin verification.Origin) verification.KeyRecord {
	record := verification.KeyRecord{Circuit: shape.Circuit(), Shape: shape.Encoded(), Constraints: int64(system.GetNbConstraints()), System: compiled, Vk: vk,
		Origin: origin}
	if opens, ok := shape.(opensTable); ok {
		digest := opens.StructureDigest()
		encoded := digest.Bytes()
		record.Structure = encoded[:]
	}
	return record
}

// opensTable is a shape that opens a table of one structure.
type opensTable interface{ StructureDigest() fr.Element }

// dumpFormat names the layout of a .pk, which is a memory dump of these versions' structures and of no others'.
const dumpFormat = "gnark v0.16.1, gnark-crypto v0.21.0"

func (w Written) encode() []byte {
	identity := w.Record.Identity()
	return canonical.Encode([]any{"bulwark-key", int64(3), identity[:], dumpFormat, w.Pk[:]})
}

type keyPaths struct{ pk, vk, system, digests string }

// unsafePrefix stands before the names of keys that one machine made. It is for people: who made a key is in its record, and nothing is
// concluded from a name.
const unsafePrefix = "unsafe-"

func keyFiles(shape Shape, directory string, origin verification.Origin) keyPaths {
	stem := shape.Circuit() + "-" + shape.String()
	if !origin.Ceremony {
		stem = unsafePrefix + stem
	}
	return pathsOf(filepath.Join(directory, stem))
}

func pathsOf(stem string) keyPaths {
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

// Open reads the keys of a shape, which must be those of the wanted identity. Every file must have the digest that was noted when it was
// written, so a file cut short or of another set-up is refused before it is decoded, and the record must be of this shape.
func Open(wanted Wanted) (*Key, error) {
	shape := wanted.Shape
	files, file, err := wanted.find()
	if err != nil {
		return nil, err
	}
	record := file.Record
	pk, err := readDigests(files.digests, record.Identity())
	if err != nil {
		return nil, err
	}
	if record.Circuit != shape.Circuit() || !bytes.Equal(canonical.Encode(record.Shape), canonical.Encode(shape.Encoded())) {
		return nil, refusal.New(refusal.Key, "KEY_SHAPE_DIFFERS", "%s", filepath.Base(files.vk))
	}
	key := &Key{shape: shape, proving: new(groth16.ProvingKey), record: record, vk: file.Vk}
	if err := readFile(files.pk, pk, func(content []byte) error { return key.proving.ReadDump(bytes.NewReader(content)) }); err != nil {
		return nil, err
	}
	read := func() (*cs.R1CS, error) { return readSystem(shape, files.system, record) }
	system, err := read()
	if err != nil {
		return nil, err
	}
	key.systems = newSystems(system, read)
	return key, nil
}

// find looks for the key file of the wanted identity under either name that files have: a name says nothing, the record does.
func (w Wanted) find() (files keyPaths, file verification.KeyFile, err error) {
	stem := w.Shape.Circuit() + "-" + w.Shape.String()
	fault := refusal.New(refusal.Key, "KEY_MISSING", "%s", stem+".vk")
	for _, name := range []string{stem, unsafePrefix + stem} {
		files = pathsOf(filepath.Join(w.Directory, name))
		content, err := os.ReadFile(files.vk)
		if err != nil {
			continue
		}
		if file, err = verification.ParseKeyFile(content); err != nil {
			fault = refusal.New(refusal.Key, refusal.Of(err).Code, "%s", filepath.Base(files.vk))
			continue
		}
		if identity := file.Record.Identity(); len(w.Identity) == 0 || bytes.Equal(w.Identity, identity[:]) {
			return files, file, nil
		}
		fault = refusal.New(refusal.Key, "KEY_DIGEST_DIFFERS", "circuit.key")
	}
	return files, file, fault
}

// Compiled is a circuit without keys: it solves and proves nothing.
func Compiled(shape Shape) (*Key, error) {
	compile := func() (*cs.R1CS, error) { return Compile(shape) }
	system, err := compile()
	if err != nil {
		return nil, err
	}
	return &Key{shape: shape, systems: newSystems(system, compile), record: recordOf(shape, system, [32]byte{}, [32]byte{}, verification.Unsafe)}, nil
}

// readDigests reads what was noted of the files beside the key file, and gives the digest of the proving key.
func readDigests(path string, identity [sha256.Size]byte) (pk [sha256.Size]byte, err error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return pk, refusal.New(refusal.Key, "KEY_MISSING", "%s", filepath.Base(path))
	}
	root, document := canonical.Decode(content, refusal.Key, filepath.Base(path))
	if document.Fault() != nil {
		return pk, document.Fault()
	}
	fields := root.Schema("bulwark-key", 3, "key", "dump", "pk")
	noted := fields[0].Digest()
	pk = fields[2].Digest()
	if fields[1].Text() != dumpFormat {
		fields[1].Refuse("KEY_UNREADABLE")
	}
	if noted != identity {
		fields[0].Refuse("KEY_DIGEST_DIFFERS")
	}
	return pk, document.Fault()
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
func readSystem(shape Shape, path string, record verification.KeyRecord) (*cs.R1CS, error) {
	system := new(cs.R1CS)
	decode := func(content []byte) error { _, err := system.ReadFrom(bytes.NewReader(content)); return err }
	if err := readFile(path, record.System, decode); err != nil {
		return nil, err
	}
	inputs, err := frontend.NewSchema(ecc.BN254.ScalarField(), shape.Empty())
	if err != nil {
		return nil, err
	}
	if int64(system.GetNbConstraints()) != record.Constraints || system.GetNbSecretVariables() != inputs.NbSecret ||
		system.GetNbPublicVariables() != publicinput.Count+1 {
		return nil, refusal.New(refusal.Key, "KEY_UNREADABLE", "constraint system")
	}
	return system, nil
}

// Shape is the shape that the key proves.
func (k *Key) Shape() Shape { return k.shape }

// Constraints is the number of constraints.
func (k *Key) Constraints() int { return int(k.record.Constraints) }

// VerifyingKey is the encoded verifying key.
func (k *Key) VerifyingKey() []byte { return k.vk }

// File is the verifying key with its record, as it travels.
func (k *Key) File() verification.KeyFile { return verification.KeyFile{Record: k.record, Vk: k.vk} }
