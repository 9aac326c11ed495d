package dev.muster.staging.command;

import dev.muster.kernel.RefusalCode;

/**
 * How a capability says no about what it stages.
 *
 * @param unknown there is no such thing
 * @param wrongPhase it does not stand so that this could be asked of it
 * @param invalid it cannot be planned like this
 */
public record StagingRefusals(RefusalCode unknown, RefusalCode wrongPhase, RefusalCode invalid) {}
