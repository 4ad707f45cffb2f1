/**
 * What a test class needs of the machine, said by an annotation, and the tiers that follow from it: {@code dev fast} runs classes that need
 * nothing, {@code bulwark test} all but {@link io.bulwark.tier.Soak}, {@code dev soak} that and {@link io.bulwark.tier.Sized}.
 *
 * <p><i>Takes</i> test classes and the system property {@code bulwark.tier}. <i>Gives</i> tags, sizes, and {@link
 * io.bulwark.tier.ChosenTests}, which runs one class of a built tree without a build tool.
 *
 * <p>Classes run two at a time: by {@code bulwark test} in a JVM each, because one with a tag brings processes and threads of its own; by
 * {@code dev fast}, which takes none of these, in one.
 */
package io.bulwark.tier;
