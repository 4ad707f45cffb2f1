package io.bulwark.house.epoch;

import io.bulwark.clearing.document.Digest;
import io.bulwark.netting.calibration.Calibration;
import io.bulwark.netting.scenario.TableInputs;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a price history said last: who seals an epoch shows it next, and a calibration is most of what an epoch costs. Two
 * epochs of the same day and the same sealed documents have the same, so that of a day's epochs only the first waits for it.
 */
final class LastCalibration {
    /** Documents are named by their content, so houses of one process share what a history says. */
    static final LastCalibration SHARED = new LastCalibration();

    private volatile @Nullable Kept last;

    private record Kept(Map<String, Digest> documents, int day, TableInputs inputs) {
        boolean isOf(EpochMaterial material) {
            return day == lastDay(material) && documents.equals(deciding(material));
        }
    }

    /** Of an epoch's material: what was made last if that is of the same, else what is made now. */
    TableInputs of(EpochMaterial material, Function<EpochMaterial, TableInputs> making) {
        Kept kept = last;
        if (kept != null && kept.isOf(material)) {
            return kept.inputs();
        }
        TableInputs made = making.apply(material);
        last = new Kept(deciding(material), lastDay(material), made);
        return made;
    }

    private static int lastDay(EpochMaterial material) {
        return Calibration.lastDay(material.inputs().epochTimeMillis());
    }

    private static Map<String, Digest> deciding(EpochMaterial material) {
        Map<String, Digest> deciding = new TreeMap<>(material.inputs().documents());
        deciding.keySet().retainAll(EpochArchive.CALIBRATING);
        return deciding;
    }
}
