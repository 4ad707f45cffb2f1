/**
 * What a test class needs of the machine, said by an annotation, and the tiers that follow from it: {@code dev fast} runs classes that need
 * nothing, {@code bulwark test} all but {@link io.bulwark.tier.Soak}, {@code dev soak} that and {@link io.bulwark.tier.Sized}.
 *
 * <p><i>Takes</i> test classes and the system property {@code bulwark.tier}. <i>Gives</i> tags, sizes, and {@link
 * io.bulwark.tier.ChosenTests}, which runs one class of a built tree without a build tool.
 *
 * <p>Classes run side by side, each in the next JVM that is free: in three by {@code bulwark test}, where many wait for servers and chains
 * of their own; in two by {@code dev fast}, which takes none of these.
 */
package io.bulwark.tier;
