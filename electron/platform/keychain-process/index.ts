// Entry of the short-lived process that asks the keychain one thing: native code in it may hang or crash without harm.
import { denyNetwork } from '../deny-network.ts';
import { answerKeychainRequest } from './answer-keychain-request.ts';
import { keychainRequestSchema } from './keychain-request.ts';

denyNetwork(globalThis);
// At once, and not by `process.exit`, which would wait for a thread that hangs in the keychain's library.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.once('message', (message) => {
  const request = keychainRequestSchema.parse(message);
  // The parent ends this process when it has the answer; ending here could cut the answer off.
  const say = (reply: object): void => void process.send?.(reply);
  void answerKeychainRequest(request, () => say({ status: 'loaded' })).then(say);
});
