/**
 * What was done, by whom: one chain of entries per origin, its end named in every pulse, so that nothing can be taken out.
 * <p><b>Start reading at</b> {@link io.tombolo.catalog.audit.AuditChain}. <b>May use:</b> {@code catalog.record},
 * {@code catalog.members}. <b>Threads:</b> any; all immutable.
 */
@NullMarked
package io.tombolo.catalog.audit;

import org.jspecify.annotations.NullMarked;
