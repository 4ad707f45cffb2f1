package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// asserting are the names of calls that, as statements, add constraints and nothing else.
var asserting = []string{"AssertIsEqual", "AssertIsBoolean", "AssertIsLessOrEqual", "AssertIsDifferent", "Below", "Signed", "Ceil", "CeilMillion",
	"Product", "Sides", "OneIsZero", "AssertEqual", "Assert", "Check"}

// site is one statement that may be removed.
type site struct {
	Where, Source string // file:line, and what stands there
}

const (
	sitesFile  = "sites.json"
	binaryFile = "tests"
	runnerFile = "mutate"
	hookName   = "removed"

	reachedFolder = "reached"
	hookImport    = "bulwark.io/circuits/" + hookName
)

// hook is the package that rewritten files ask. Where no statement is removed it notes each one that is met, so that those that no circuit of
// the package meets need no run of their own.
const hook = `package removed

import (
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

var (
	site, reached = from(os.Getenv("MUTATE_SITE")), os.Getenv("MUTATE_REACHED")
	noted         sync.Map
)

func from(text string) int {
	if number, err := strconv.Atoi(text); err == nil {
		return number
	}
	return -1
}

// Here says whether this is the statement that is removed.
func Here(number int) bool {
	if reached != "" {
		if _, before := noted.LoadOrStore(number, true); !before {
			_ = os.WriteFile(filepath.Join(reached, strconv.Itoa(number)), nil, 0o600)
		}
	}
	return number == site
}
`

// golden takes the place of the comparison of counts, which would notice any removal and say nothing about it.
const golden = `package witnesstest

import "testing"

func Golden(*testing.T, bool, any) {}
`

// prepare writes the tests of the first package, with every asserting statement behind a switch, as a static binary, and a runner
// beside it.
func prepare(folder string, packages []string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	module, err := moduleFolder()
	if err != nil {
		return err
	}
	sources := filepath.Join(folder, "sources")
	if err := os.MkdirAll(sources, 0o755); err != nil {
		return err
	}
	defer os.RemoveAll(sources)
	overlay := map[string]string{}
	replace := func(path string, content []byte) error {
		to := filepath.Join(sources, fmt.Sprintf("%d.go", len(overlay)))
		overlay[path] = to
		return os.WriteFile(to, content, 0o644)
	}
	if err := replace(filepath.Join(module, hookName, "removed.go"), []byte(hook)); err != nil {
		return err
	}
	if err := replace(filepath.Join(module, "internal", "witnesstest", "golden.go"), []byte(golden)); err != nil {
		return err
	}
	var sites []site
	for _, name := range packages {
		files, err := filepath.Glob(filepath.Join(module, name, "*.go"))
		if err != nil {
			return err
		}
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			before := len(sites)
			rewritten, err := rewrite(module, file, &sites)
			if err != nil {
				return err
			}
			if len(sites) == before {
				continue
			}
			if err := replace(file, rewritten); err != nil {
				return err
			}
		}
	}
	if err := writeJson(filepath.Join(folder, sitesFile), sites); err != nil {
		return err
	}
	replaced := filepath.Join(sources, "overlay.json")
	if err := writeJson(replaced, map[string]any{"Replace": overlay}); err != nil {
		return err
	}
	if err := compile(module, "test", "-c", "-vet=off", "-overlay", replaced, "-ldflags=-s -w", "-o", filepath.Join(folder, binaryFile),
		"./"+packages[0]); err != nil {
		return err
	}
	if err := compile(module, "build", "-ldflags=-s -w", "-o", filepath.Join(folder, runnerFile), "./cmd/mutate"); err != nil {
		return err
	}
	testdata := filepath.Join(module, packages[0], "testdata")
	if _, err := os.Stat(testdata); err != nil {
		return nil
	}
	_ = os.RemoveAll(filepath.Join(folder, "testdata"))
	return os.CopyFS(filepath.Join(folder, "testdata"), os.DirFS(testdata))
}

func compile(module string, arguments ...string) error {
	command := exec.Command("go", arguments...)
	command.Dir, command.Env = module, append(os.Environ(), "CGO_ENABLED=0")
	if output, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("go %s: %w\n%s", strings.Join(arguments, " "), err, output)
	}
	return nil
}

func moduleFolder() (string, error) {
	output, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("go env: %w", err)
	}
	return filepath.Dir(strings.TrimSpace(string(output))), nil
}

func writeJson(file string, value any) error {
	encoded, err := json.MarshalIndent(value, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, encoded, 0o644)
}

// rewrite puts every asserting statement of a file behind a switch of its own. Lines stay where they are.
func rewrite(module, file string, sites *[]site) ([]byte, error) {
	source, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	positions := token.NewFileSet()
	parsed, err := parser.ParseFile(positions, file, source, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	type insertion struct {
		at   int
		text string
	}
	relative, err := filepath.Rel(module, file)
	if err != nil {
		return nil, err
	}
	var insertions []insertion
	ast.Inspect(parsed, func(node ast.Node) bool {
		statement, ok := node.(*ast.ExprStmt)
		if !ok || !asserts(statement.X) {
			return true
		}
		begin, end := positions.Position(statement.Pos()), positions.Position(statement.End())
		insertions = append(insertions, insertion{begin.Offset, fmt.Sprintf("if !%s.Here(%d) { ", hookName, len(*sites))}, insertion{end.Offset, " }"})
		*sites = append(*sites, site{fmt.Sprintf("%s:%d", relative, begin.Line), strings.Join(strings.Fields(string(source[begin.Offset:end.Offset])), " ")})
		return true
	})
	name := positions.Position(parsed.Name.End()).Offset
	insertions = append(insertions, insertion{name, fmt.Sprintf("; import %q", hookImport)})
	slices.SortStableFunc(insertions, func(a, b insertion) int { return a.at - b.at })
	var rewritten bytes.Buffer
	last := 0
	for _, one := range insertions {
		rewritten.Write(source[last:one.at])
		rewritten.WriteString(one.text)
		last = one.at
	}
	rewritten.Write(source[last:])
	return rewritten.Bytes(), nil
}

func asserts(expression ast.Expr) bool {
	call, ok := expression.(*ast.CallExpr)
	if !ok {
		return false
	}
	switch function := call.Fun.(type) {
	case *ast.SelectorExpr:
		return slices.Contains(asserting, function.Sel.Name)
	case *ast.Ident:
		return slices.Contains(asserting, function.Name)
	default:
		return false
	}
}
