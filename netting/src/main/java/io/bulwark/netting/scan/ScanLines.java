package io.bulwark.netting.scan;

/**
 * Lines of many accounts in two columns, in one order.
 *
 * @param places which risk array a line reads
 * @param lots the factor that turns an entry of it into a loss; fits 32 bits because only admitted accounts are taken
 */
record ScanLines(int[] places, int[] lots) {
    int place(int line) {
        return places[line];
    }

    int lossLots(int line) {
        return lots[line];
    }
}
