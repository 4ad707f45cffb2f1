package io.bulwark.netting.collateral;

import java.util.List;

/**
 * The classes of one moment and what changed.
 *
 * @param classes the classes in force from now on
 * @param moves the assets that moved to another class, by number
 */
record Classification(AssetClasses classes, List<ClassMove> moves) {
    public Classification {
        moves = List.copyOf(moves);
    }
}
