import { bundle } from './cli/bundle.ts';
import { images } from './cli/images.ts';
import { program } from './cli/program.ts';
import { stores } from './cli/stores.ts';

const commands: Record<string, (args: string[]) => Promise<void>> = { bundle, images, program, stores };

const usage = `Usage: node packages/images/src/cli.ts COMMAND

  bundle [SERVICE…]            dist/<service>/: what the Dockerfile and the archives are made of
  images [SERVICE…] [--tag T] [--registry R]
                               bundle, then dist/images/*.tar for \`ctr images import\` or \`docker load\`
  stores                       dist/images/stores.tar: the images of k8s/dev-stores
  program --out FILE --tag NAME [--program /IN/IMAGE=FILE]… [--file /IN/IMAGE=FILE]… [--link /IN/IMAGE=TARGET]…
          [--env NAME=VALUE]… [--entrypoint WORD]… [--cmd WORD]… [--user U] [--workdir W]
                               an image of programs of this machine, with the libraries they need
`;

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(usage);
  process.exit(name === '' || name === 'help' ? 0 : 2);
}
await command(args).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
