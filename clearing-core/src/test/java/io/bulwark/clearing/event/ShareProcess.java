package io.bulwark.clearing.event;

import io.bulwark.clearing.event.ShareWorker.Verdict;
import java.time.Duration;

/** A worker as a process of its own, for a test to kill in the middle of its work: says 'b' when it begins, and never ends. */
final class ShareProcess {
    private ShareProcess() {}

    /** Arguments: brokers, group, user, password. */
    public static void main(String[] arguments) {
        Topics.Brokers brokers = new Topics.Brokers(arguments[0], arguments[2], arguments[3]);
        try (ShareWorker worker = ShareWorker.of(brokers, arguments[1], Topic.PROOF_JOBS)) {
            while (true) {
                worker.work(Duration.ofSeconds(1), ShareProcess::never);
            }
        }
    }

    private static Verdict never(byte[] value, int delivery) {
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
