/** The quantisation at the end of a file's name, as publishers write it: `-Q4_K_M`, `.q8_0`, `-IQ2_XXS`, `-f16`. */
const quantisationAtEnd = /[-._ ](?:UD-)?(?:I?Q[1-8](?:_[0-9A-Z]+)*|T?Q[12]_0|(?:B?F|FP)(?:16|32)|MXFP4|NVFP4)$/i;

/**
 * What people call the model: its file's name without the quantisation where the publisher put that at the end, since
 * such names are written for people while the header's name often comes from a training run; else the header's name;
 * else the file's name.
 */
export function modelName(fileName: string, headerName: string | null): string {
  const last = fileName.split(/[\\/]/).at(-1) ?? fileName;
  const stem = last.replace(/\.gguf$/i, '').replace(/-\d{5}-of-\d{5}$/, '');
  const withoutQuantisation = stem.replace(quantisationAtEnd, '');
  if (withoutQuantisation !== stem && withoutQuantisation !== '') return withoutQuantisation;
  return headerName ?? stem;
}
