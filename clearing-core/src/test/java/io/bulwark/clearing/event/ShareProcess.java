package io.bulwark.clearing.event;

import io.bulwark.clearing.event.ShareWorker.Verdict;
import java.time.Duration;

/** A worker as a process of its own, for a test to kill in the middle of its work: says 'b' when it begins, and never ends. */
final class ShareProcess {
    private ShareProcess() {}

    /** Arguments: brokers, group. */
    public static void main(String[] arguments) {
        try (ShareWorker worker = ShareWorker.of(arguments[0], arguments[1], Topic.PROOF_JOBS)) {
            while (true) {
                worker.work(Duration.ofSeconds(1), ShareProcess::never);
            }
        }
    }

    private static Verdict never(byte[] value) {
        System.out.print('b');
        System.out.flush();
        try {
            Thread.sleep(Duration.ofHours(1));
            return Verdict.ACCEPT;
        } catch (InterruptedException e) {
            return Verdict.RELEASE;
        }
    }
}
