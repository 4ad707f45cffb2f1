package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"sync"
	"time"
)

// running is how mutants are run.
type running struct {
	workers     int
	first, only string
	limit       time.Duration
}

// verdict is what the tests say of one mutant.
type verdict struct {
	noticed      string // the first test that failed
	reached, ran bool
}

// counting are the tests of golden counts, which have nothing to say here.
const counting = "|OfTheGoldenFile"

// noSite removes nothing.
const noSite = -1

var failed = regexp.MustCompile(`(?m)^\s*--- FAIL: (\S+)`)

// all runs every mutant of a folder and prints what survives.
func (r running) all(folder string) error {
	encoded, err := os.ReadFile(filepath.Join(folder, sitesFile))
	if err != nil {
		return err
	}
	var sites []site
	if err := json.Unmarshal(encoded, &sites); err != nil {
		return err
	}
	folder, err = filepath.Abs(folder)
	if err != nil {
		return err
	}
	only, err := regexp.Compile(r.only)
	if err != nil {
		return err
	}
	begin, met := time.Now(), filepath.Join(folder, reachedFolder)
	_ = os.RemoveAll(met)
	if err := os.Mkdir(met, 0o755); err != nil {
		return err
	}
	if noticed, err := r.one(folder, noSite, met, "-test.run", "."); err != nil || noticed != "" {
		return fmt.Errorf("with nothing removed the tests must pass; %s failed (%w)", noticed, errors.Join(err))
	}
	fmt.Printf("%d statements; with none removed the tests take %s\n", len(sites), time.Since(begin).Round(time.Second))
	verdicts, waiting, places := make([]verdict, len(sites)), sync.WaitGroup{}, make(chan struct{}, max(1, r.workers))
	var mutex sync.Mutex
	var faults error
	for i := range sites {
		if !only.MatchString(sites[i].Where) {
			continue
		}
		if _, err := os.Stat(filepath.Join(met, strconv.Itoa(i))); err != nil {
			verdicts[i] = verdict{ran: true}
			continue
		}
		places <- struct{}{}
		waiting.Go(func() {
			defer func() { <-places }()
			noticed, err := r.one(folder, i, "", "-test.run", r.first)
			if noticed == "" && err == nil {
				noticed, err = r.one(folder, i, "", "-test.skip", r.first+counting)
			}
			mutex.Lock()
			defer mutex.Unlock()
			faults = errors.Join(faults, err)
			verdicts[i] = verdict{noticed, true, true}
			fmt.Printf("%4d %-28s %s\n", i, sites[i].Where, verdicts[i].word())
		})
	}
	waiting.Wait()
	if faults != nil {
		return faults
	}
	report(sites, verdicts)
	return nil
}

func (v verdict) word() string {
	switch {
	case v.noticed != "":
		return "noticed by " + v.noticed
	case v.reached:
		return "SURVIVES"
	default:
		return "not reached"
	}
}

func report(sites []site, verdicts []verdict) {
	noticed, survivors, unreached := 0, 0, 0
	fmt.Println("\nsurvivors:")
	for i, found := range verdicts {
		switch {
		case !found.ran:
		case found.noticed != "":
			noticed++
		case found.reached:
			survivors++
			fmt.Printf("  %s  %s\n", sites[i].Where, sites[i].Source)
		default:
			unreached++
		}
	}
	fmt.Printf("%d survive, %d are noticed, %d are not reached\n", survivors, noticed, unreached)
}

// one runs tests with one statement removed and says which failed first, if any did. A run that ends in a panic, or not in time, is a notice too.
func (r running) one(folder string, number int, met string, which ...string) (string, error) {
	scratch, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(scratch)
	limited, cancel := context.WithTimeout(context.Background(), r.limit)
	defer cancel()
	command := exec.CommandContext(limited, filepath.Join(folder, binaryFile), append([]string{"-test.failfast", "-test.timeout", "0"}, which...)...)
	command.Dir = folder
	command.Env = append(os.Environ(), "GOMAXPROCS=1", "TMPDIR="+scratch, "MUTATE_SITE="+strconv.Itoa(number), "MUTATE_REACHED="+met)
	output, err := command.CombinedOutput()
	var exit *exec.ExitError
	switch match := failed.FindSubmatch(output); {
	case err == nil:
		return "", nil
	case !errors.As(err, &exit):
		return "", err
	case match != nil:
		return string(match[1]), nil
	case limited.Err() != nil:
		return "the time limit", nil
	default:
		return "a panic", nil
	}
}
