/**
 * Tokens that this controller gave out: join tokens for clusters, workload and gateway tokens for proxies, and credentials
 * for its own API. Only public halves and hashes are kept.
 * <p><b>In:</b> who asks for what. <b>Out:</b> a token's text, once; later the decision whether it may be used.
 * <b>Start reading at</b> {@link io.tombolo.controller.tokens.JoinTokens}. <b>May use:</b> {@code identity},
 * {@code trustbundle.key}, {@code wire.text}. <b>Threads:</b> any but event loops: every change is fsynced.
 */
@NullMarked
package io.tombolo.controller.tokens;

import org.jspecify.annotations.NullMarked;
