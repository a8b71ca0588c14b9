import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { photoInfo, photoQuery } from '@muster/contracts/http/employee';
import { bearer, commonProblems, createRouter, jsonOk, noContent } from '@muster/service-kit';
import type { Context } from 'hono';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { putPhoto } from '../verbs/put-photo.ts';
import { removePhoto } from '../verbs/remove-photo.ts';
import { answerPhoto } from './answer-photo.ts';
import type { HttpEnv } from './env.ts';
import { idParam } from './params.ts';
import { readPhotoBody } from './read-photo-body.ts';

// Plain OpenAPI, not zod: the framework would read the whole body to validate it before there is room for it.
const image = { schema: { type: 'string' as const, format: 'binary' } };
const form = {
  schema: { type: 'object' as const, properties: { photo: image.schema }, required: ['photo'] },
};
const body = {
  required: true,
  content: { 'multipart/form-data': form, 'image/jpeg': image, 'image/png': image, 'image/webp': image },
};
const conditional = z.object({ 'if-none-match': z.string().max(1000).optional() });

const put = {
  method: 'put',
  security: bearer,
  summary: 'Set the photo: JPEG, PNG or WebP up to 10 MiB and 25 megapixels',
  responses: { 200: jsonOk(photoInfo), ...commonProblems('not_found', 'conflict') },
} as const;
const get = {
  method: 'get',
  security: bearer,
  summary: 'The photo as JPEG, at most 1024 or 128 px wide and high',
  responses: {
    200: { description: 'The picture', content: { 'image/jpeg': image } },
    304: { description: 'The caller has it already' },
    ...commonProblems('not_found'),
  },
} as const;
const remove = {
  method: 'delete',
  security: bearer,
  summary: 'Take the photo away',
  responses: { 204: noContent(), ...commonProblems('not_found', 'conflict') },
} as const;

const ofPerson = { path: '/{id}/photo' as const, tags: ['photos'] };
const ofSelf = { path: '/photo' as const, tags: ['profile'] };
const personal = { params: idParam };

const putOfPerson = createRoute({ ...put, ...ofPerson, request: { ...personal, body } });
const getOfPerson = createRoute({
  ...get,
  ...ofPerson,
  request: { ...personal, query: photoQuery, headers: conditional },
});
const removeOfPerson = createRoute({ ...remove, ...ofPerson, request: personal });
const putOfSelf = createRoute({ ...put, ...ofSelf, request: { body } });
const getOfSelf = createRoute({ ...get, ...ofSelf, request: { query: photoQuery, headers: conditional } });
const removeOfSelf = createRoute({ ...remove, ...ofSelf });

const upload = (deps: Deps, c: Context<HttpEnv>, personId: string) =>
  putPhoto(deps, c.get('actor'), personId, () => readPhotoBody(c));

/** `/api/employees/:id/photo` */
export function employeePhotoRoutes(deps: Deps): OpenAPIHono<HttpEnv> {
  return createRouter<HttpEnv>()
    .openapi(putOfPerson, async (c) => c.json(await upload(deps, c, c.req.valid('param').id), 200))
    .openapi(getOfPerson, (c) =>
      answerPhoto(deps, c, {
        personId: c.req.valid('param').id,
        size: c.req.valid('query').size,
        ifNoneMatch: c.req.valid('header')['if-none-match'],
      }),
    )
    .openapi(removeOfPerson, async (c) => {
      await removePhoto(deps, c.get('actor'), c.req.valid('param').id);
      return c.body(null, 204);
    });
}

/** `/api/profile/photo` */
export function profilePhotoRoutes(deps: Deps): OpenAPIHono<HttpEnv> {
  return createRouter<HttpEnv>()
    .openapi(putOfSelf, async (c) => c.json(await upload(deps, c, c.get('actor').id), 200))
    .openapi(getOfSelf, (c) =>
      answerPhoto(deps, c, {
        personId: c.get('actor').id,
        size: c.req.valid('query').size,
        ifNoneMatch: c.req.valid('header')['if-none-match'],
      }),
    )
    .openapi(removeOfSelf, async (c) => {
      await removePhoto(deps, c.get('actor'), c.get('actor').id);
      return c.body(null, 204);
    });
}
