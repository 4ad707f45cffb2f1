package ceremony

import (
	"io"
	"os"
	"path/filepath"

	"github.com/consensys/gnark/backend/groth16/bn254/mpcsetup"

	"bulwark.io/circuits/groth"
	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

// Init begins a ceremony in a folder that is empty or absent: powers of tau, powers that a file holds, or the second phase of a circuit on
// sealed or imported powers, which are verified and copied. Gives the status.
func Init(catalogue groth.Catalogue, encoded []byte) ([]byte, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "ceremony")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	fields := root.Schema("bulwark-ceremony-init", 1, "directory", "subject")
	directory := fields[0].Text()
	kind := fields[1].Items()
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	if len(kind) > 0 && kind[0].Text() == "circuit" {
		f := fields[1].Tuple("kind", "circuit", "shape", "powers")
		shape, content, from := catalogue.Read(f[1], f[2]), f[2].Content(), f[3].Text()
		if document.Fault() != nil {
			return nil, document.Fault()
		}
		return initCircuit(catalogue, directory, shape, content, from)
	}
	if len(kind) > 0 && kind[0].Text() == "imported" {
		file := fields[1].Tuple("kind", "file")[1].Text()
		if document.Fault() != nil {
			return nil, document.Fault()
		}
		return initImported(directory, file)
	}
	f := fields[1].Tuple("kind", "domain")
	if f[0].Text() != "powers" {
		f[0].Refuse("OUT_OF_RANGE")
	}
	domain := readDomain(f[1])
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	return initPowers(directory, domain)
}

func initPowers(directory string, domain int) ([]byte, error) {
	if err := makeEmpty(directory); err != nil {
		return nil, err
	}
	return begin(directory, &transcript{subject: subject{domain: domain}}, told{})
}

func initImported(directory, file string) ([]byte, error) {
	if err := makeEmpty(directory); err != nil {
		return nil, err
	}
	about, read, err := importFile(directory, file)
	if err != nil {
		return nil, err
	}
	return begin(directory, &transcript{subject: about}, told{standing: &standing{imported: about.imported, published: read.published}})
}

func initCircuit(catalogue groth.Catalogue, directory string, shape groth.Shape, content any, from string) ([]byte, error) {
	if err := makeEmpty(directory); err != nil {
		return nil, err
	}
	system, encodedSystem, err := compile(shape)
	if err != nil {
		return nil, err
	}
	below, read, powersSha, err := sealedBase(catalogue, from, powersFolder)
	if err != nil {
		return nil, err
	}
	parameters := *below.parameters
	domain := domainOf(system)
	if read.subject.domain < domain {
		return nil, refusal.New(refusal.Ceremony, "POWERS_TOO_FEW", "%s", filepath.Join(powersFolder, transcriptName))
	}
	if err := copyPowers(from, filepath.Join(directory, powersFolder), read); err != nil {
		return nil, err
	}
	truncate(&parameters, domain)
	start := new(mpcsetup.Phase2)
	start.Initialize(system, &parameters)
	encodedStart := encode(start)
	if err := writeFile(directory, startName, encodedStart); err != nil {
		return nil, err
	}
	return begin(directory, &transcript{subject: subject{domain: domain, circuit: &circuitSubject{shape: shape, shapeContent: content,
		constraints: system.GetNbConstraints(), system: sha(encodedSystem), powers: powersSha, start: sha(encodedStart)}}}, told{standing: &below.standing})
}

// makeEmpty makes a folder, or accepts an empty one.
func makeEmpty(directory string) error {
	if os.MkdirAll(directory, directoryMode) != nil {
		return refusal.New(refusal.Ceremony, "NOT_WRITTEN", "directory")
	}
	if inside, err := os.ReadDir(directory); err != nil || len(inside) > 0 {
		return refusal.New(refusal.Ceremony, "NOT_EMPTY", "directory")
	}
	return nil
}

func copyPowers(from, to string, read *transcript) error {
	if os.Mkdir(to, directoryMode) != nil {
		return refusal.New(refusal.Ceremony, "NOT_WRITTEN", powersFolder)
	}
	names := []string{transcriptName}
	if read.subject.imported != nil {
		names = append(names, importedName)
	}
	for _, entry := range read.contributions {
		names = append(names, entry.fileName())
	}
	for _, name := range names {
		if copyFile(filepath.Join(from, name), filepath.Join(to, name)) != nil {
			return refusal.New(refusal.Ceremony, "NOT_WRITTEN", "%s", filepath.Join(powersFolder, name))
		}
	}
	return nil
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		target.Close()
		return err
	}
	return target.Close()
}

func begin(directory string, t *transcript, now told) ([]byte, error) {
	encoded := t.encode()
	if err := writeFile(directory, transcriptName, encoded); err != nil {
		return nil, err
	}
	return t.status(encoded, now), nil
}

// Contribute adds a contribution under a name, signed with the key of a file where one is named. Gives the status.
func Contribute(catalogue groth.Catalogue, encoded []byte) ([]byte, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "ceremony")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	fields := root.Schema("bulwark-ceremony-contribute", 2, "directory", "name", "signWith")
	directory, name, signWith := fields[0].Text(), readText(fields[1], nameBytesMax), fields[2].Text()
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	t, read, err := readTranscript(catalogue, directory, "")
	if err != nil {
		return nil, err
	}
	switch {
	case t.sealed != nil:
		return nil, refusal.New(refusal.Ceremony, "ALREADY_SEALED", transcriptName)
	case len(t.contributions) == contributionsMax:
		return nil, refusal.New(refusal.Ceremony, "LIMIT_EXCEEDED", transcriptName)
	}
	sign := func(entry contribution) contribution { return entry }
	if signWith != "" {
		key, err := contributorKey(signWith)
		if err != nil {
			return nil, err
		}
		sign = func(entry contribution) contribution { return t.sign(entry, key) }
	}
	content, err := t.contribute(directory)
	if err != nil {
		return nil, err
	}
	entry := sign(contribution{number: len(t.contributions) + 1, name: name, file: sha(content), before: t.last()})
	if err := t.add(directory, read, entry, content); err != nil {
		return nil, err
	}
	return t.status(t.encode(), told{}), nil
}

// add puts a contribution behind those that were read. Where somebody else was first, his file stays as it is.
func (t *transcript) add(directory string, read []byte, entry contribution, content []byte) error {
	if err := unchanged(directory, read); err != nil {
		return err
	}
	if err := writeFile(directory, entry.fileName(), content); err != nil {
		return err
	}
	t.contributions = append(t.contributions, entry)
	return t.replace(directory, read)
}

func (t *transcript) contribute(directory string) ([]byte, error) {
	if t.subject.circuit == nil {
		folder := powers{directory, "", t}
		return folder.chain().contribute(folder.start)
	}
	folder, err := openSecond(directory, t)
	if err != nil {
		return nil, err
	}
	return folder.chain().contribute(folder.writtenStart)
}

// Verify verifies a whole folder: every file, every link, every proof of a contribution, the first state, and, where it is sealed, that the
// beacon leads to what the transcript names. Where a file is named, it gets the verifying key of the sealed ceremony with its record. Gives
// the status.
func Verify(catalogue groth.Catalogue, encoded []byte) ([]byte, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "ceremony")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	fields := root.Schema("bulwark-ceremony-verify", 2, "directory", "out")
	directory, out := fields[0].Text(), fields[1].Text()
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	t, read, err := readTranscript(catalogue, directory, "")
	if err != nil {
		return nil, err
	}
	switch {
	case out == "":
	case t.subject.circuit == nil:
		return nil, refusal.New(refusal.Ceremony, "NOT_A_CIRCUIT", transcriptName)
	case t.sealed == nil:
		return nil, refusal.New(refusal.Ceremony, "NOT_SEALED", transcriptName)
	}
	var beacon []byte
	if t.sealed != nil {
		beacon = t.sealed.beacon
	}
	result, err := t.finish(catalogue, directory, beacon)
	if err != nil {
		return nil, err
	}
	if t.sealed != nil && result.digest() != t.sealed.result {
		return nil, refusal.New(refusal.Ceremony, "RESULT_DIFFERS", transcriptName)
	}
	if out != "" {
		key, err := groth.KeyFileOf(t.subject.circuit.shape, result.system, result.verifying, t.origin(sha(read), result.standing))
		if err != nil {
			return nil, err
		}
		if err := writeFile(filepath.Dir(out), filepath.Base(out), key.Encode()); err != nil {
			return nil, err
		}
	}
	return t.status(read, told{standing: &result.standing}), nil
}

// Seal verifies a whole folder, closes it with a beacon, and writes the keys of a circuit. A sealed folder gives its keys again with the
// same beacon and source: a proving key belongs to a version of the library. Gives the status.
func Seal(catalogue groth.Catalogue, encoded []byte) ([]byte, error) {
	root, document := canonical.Decode(encoded, refusal.Request, "ceremony")
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	fields := root.Schema("bulwark-ceremony-seal", 1, "directory", "beacon", "source", "keys")
	directory, keys := fields[0].Text(), fields[3].Text()
	asked := seal{beacon: readBeacon(fields[1]), source: readText(fields[2], sourceBytesMax)}
	if document.Fault() != nil {
		return nil, document.Fault()
	}
	t, read, err := readTranscript(catalogue, directory, "")
	if err != nil {
		return nil, err
	}
	if err := t.checkSeal(asked, keys); err != nil {
		return nil, err
	}
	result, err := t.finish(catalogue, directory, asked.beacon)
	if err != nil {
		return nil, err
	}
	asked.result = result.digest()
	if t.sealed != nil && t.sealed.result != asked.result {
		return nil, refusal.New(refusal.Ceremony, "RESULT_DIFFERS", transcriptName)
	}
	t.sealed = &asked
	final := t.encode()
	var written *groth.Written
	if result.proving != nil {
		origin := t.origin(sha(final), result.standing)
		keys, err := groth.Write(t.subject.circuit.shape, keys, result.system, result.proving, result.verifying, origin)
		if err != nil {
			return nil, err
		}
		written = &keys
	}
	if err := t.replace(directory, read); err != nil {
		return nil, err
	}
	return t.status(final, told{standing: &result.standing, written: written}), nil
}

// checkSeal refuses, before any work, a seal that cannot be.
func (t *transcript) checkSeal(asked seal, keys string) error {
	switch {
	case len(t.contributions) == 0:
		return refusal.New(refusal.Ceremony, "NO_CONTRIBUTION", transcriptName)
	case t.sealed != nil && (string(t.sealed.beacon) != string(asked.beacon) || t.sealed.source != asked.source):
		return refusal.New(refusal.Ceremony, "ALREADY_SEALED", transcriptName)
	case t.subject.circuit == nil:
		return nil
	default:
		return groth.CheckDirectory(keys, "ceremony.keys")
	}
}
