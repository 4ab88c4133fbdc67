import { buildProduct } from '../build/build-product.mjs';
import { modelFolder } from '../starter-model/model-file.mjs';
import { obtainStarterModel } from '../starter-model.mjs';

/**
 * What the tests of the whole product need: the starter model and a current build.
 *
 * @param {string} root the checkout
 * @returns {Promise<boolean>} false when there is nothing to test, because the build failed
 */
export async function prepareProduct(root) {
  const say = (line) => console.error(line);
  process.env.SOTTO_MODEL_DIR = modelFolder(root);
  await obtainStarterModel(process.env.SOTTO_MODEL_DIR, { say });
  return buildProduct(root, { say });
}
